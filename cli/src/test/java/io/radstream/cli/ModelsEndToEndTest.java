package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.KafkaConnection;
import io.radstream.serving.ScoringService;
import io.radstream.serving.ServingConfig;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.streams.StageConfig;
import io.radstream.streams.StreamStage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of a service on a real topic, steered by the command, with real checkpoints. */
@ExtendWith(SharedCluster.class)
class ModelsEndToEndTest {

  private static final String FIRST = "tiny-000000001";
  private static final String SECOND = "tiny-000000002";

  @TempDir private static Path folder;

  @BeforeAll
  static void train(KafkaConnection connection) throws Exception {
    Invocation.on(connection, "publish", "synthetic", "--studies=24", "--view-size=64").json();
    Path tokenizer = folder.resolve("tokenizer.json");
    Invocation.on(connection, "tokenizer", "train", "--out=" + tokenizer, "--vocabulary=300")
        .json();
    try (ReportTokenizers tokenizers = ReportTokenizers.load(tokenizer, Optional.empty());
        StreamStage stage =
            StreamStage.start(
                connection,
                StageConfig.of(tokenizers).withSettle(Duration.ZERO),
                folder.resolve("stage"))) {
      StageWait.untilAllIsDone(stage);
    }
    Invocation.on(
            connection,
            "train",
            "--tokenizer=" + tokenizer,
            "--store=" + folder.resolve("store"),
            "--steps=2",
            "--set=batch=4",
            "--set=checkpoint.every=1")
        .json();
  }

  private static ScoringService start(KafkaConnection connection) throws Exception {
    ScoringService service =
        ScoringService.start(
            connection,
            ServingConfig.of(folder.resolve("store")).withPort(0),
            ComputeDevice.best(),
            InstantSource.system());
    assertThat(service.awaitReady(Duration.ofMinutes(4))).isTrue();
    return service;
  }

  private static Invocation models(ScoringService service, String... words) {
    List<String> arguments = new ArrayList<>(List.of("models"));
    arguments.addAll(List.of(words));
    arguments.add("--json");
    arguments.add("--url=" + service.uri());
    return Invocation.of(arguments.toArray(String[]::new));
  }

  private static String live(ScoringService service) {
    return service.live().map(ModelIdentity::checkpointId).orElse("none");
  }

  private static void awaitLive(ScoringService service, String checkpoint) {
    while (!live(service).equals(checkpoint)) {
      Thread.onSpinWait();
    }
  }

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldAgreeAndRememberWhatIsDecidedByHand(KafkaConnection connection) throws Exception {
    try (ScoringService one = start(connection);
        ScoringService other = start(connection)) {
      awaitLive(one, SECOND);
      awaitLive(other, SECOND);

      JsonNode pinned = models(one, "pin", FIRST, "--reason=the second is worse").json();

      assertThat(pinned.get("live").asText()).isEqualTo(FIRST);
      assertThat(live(one)).isEqualTo(FIRST);
      awaitLive(other, FIRST);
      assertThat(models(other, "rollback", "--reason=no, it is not").json().get("live").asText())
          .isEqualTo(SECOND);
      awaitLive(one, SECOND);
    }
    try (ScoringService restarted = start(connection)) {
      Invocation listed = models(restarted, "list");

      JsonNode answer = listed.json();
      assertThat(answer.at("/live").asText()).isEqualTo(SECOND);
      assertThat(answer.at("/pinned").asBoolean()).isTrue();
      assertThat(answer.at("/models/1/byHand").asText()).isEqualTo("refused");
      assertThat(listed.out())
          .startsWith("service radstream, live: %s, pinned".formatted(SECOND))
          .contains("no, it is not (anonymous)");
      refusesWhatCannotBe(restarted);
    }
  }

  private static void refusesWhatCannotBe(ScoringService service) throws IOException {
    Invocation unknown = models(service, "promote", "tiny-000000009");
    Invocation twice = models(service, "promote", SECOND);

    assertThat(unknown.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(unknown.err()).startsWith("radstream: no checkpoint of this id was announced");
    assertThat(twice.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(twice.err()).startsWith("radstream: it is live already");
    assertThat(models(service, "unpin").json().get("live").asText()).isEqualTo(SECOND);
  }
}
