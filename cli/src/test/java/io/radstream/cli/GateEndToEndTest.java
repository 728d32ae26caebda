package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.cli.demo.TrainerProcess;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.DecisionAuthor;
import io.radstream.schemas.DecisionVerdict;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.ModelDecision;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.TopicScan;
import io.radstream.streams.StageConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * From studies with labels to a gate's verdicts on the log: a network that learned them goes live,
 * one that says the contrary is held, and one that is the same again goes live.
 */
@ExtendWith(SharedCluster.class)
class GateEndToEndTest {

  private static final String PROGRAM = "io.radstream.cli.Radstream";
  private static final Pattern LISTENS = Pattern.compile("Serving at (http://\\S+);");
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final int STUDIES = 60;
  private static final String LEARNED = "tiny-000000020";
  private static final String CONTRARY = "tiny-000000021";
  private static final String SAME = "tiny-000000022";

  @TempDir private Path folder;

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldHoldTheCheckpointThatIsWorseAndPromoteTheOneThatIsNot(KafkaConnection connection)
      throws Exception {
    Path tokenizer = publish(connection);
    CheckpointPublished learned = train(connection, tokenizer);

    try (TrainerProcess service = serve(connection)) {
      String url = address(service);
      awaitLive(url, LEARNED);
      announce(connection, CopiedCheckpoint.contrary(learned, CONTRARY));
      JsonNode held = awaitVerdict(url, CONTRARY);
      announce(connection, CopiedCheckpoint.same(learned, SAME));
      awaitLive(url, SAME);

      assertThat(held.at("/role").asText()).isEqualTo("candidate");
      assertThat(held.at("/verdict/comparedWith").asText()).isEqualTo(LEARNED);
      JsonNode finding = held.at("/verdict/panel/findings/0");
      assertThat(finding.at("/outcome").asText()).isEqualTo("worse");
      assertThat(finding.at("/candidate/auc").asDouble())
          .isLessThan(finding.at("/live/auc").asDouble());
      assertThat(models(url, "why", CONTRARY).out())
          .contains("it is worse than the live one on the panel: opacity: AUC")
          .containsPattern("(?m)^opacity +worse ");
    }
    Map<String, ModelDecision> verdicts = verdicts(connection);
    assertThat(verdicts.get(LEARNED).getReason()).startsWith("there is nothing to compare");
    assertThat(verdicts.get(CONTRARY))
        .returns(DecisionVerdict.HOLD, ModelDecision::getVerdict)
        .returns(DecisionAuthor.POLICY, ModelDecision::getAuthor)
        .returns(LEARNED, ModelDecision::getComparedWith);
    assertThat(verdicts.get(CONTRARY).getReason()).contains("worse than the live one", "opacity");
    assertThat(verdicts.get(CONTRARY).getFigures().get("difference.opacity.high")).isNegative();
    assertThat(verdicts.get(SAME).getVerdict()).isEqualTo(DecisionVerdict.PROMOTE);
    assertThat(verdicts.get(SAME).getFigures())
        .containsEntry("difference.opacity.low", 0.0)
        .containsEntry("difference.opacity.high", 0.0);
  }

  /** Half of the patients are for validation. */
  private Path publish(KafkaConnection connection) throws Exception {
    Path studies = OpacityStudies.write(folder, STUDIES);
    Invocation.on(connection, "publish", "jsonl", "--path=" + studies, "--view-size=64").json();
    Path tokenizer = StagedStudies.tokenizer(folder, connection, 100);
    try (ReportTokenizers tokenizers = ReportTokenizers.load(tokenizer, Optional.empty())) {
      StagedStudies.stage(folder, connection, StageConfig.of(tokenizers).withValidationShare(0.5));
    }
    return tokenizer;
  }

  private CheckpointPublished train(KafkaConnection connection, Path tokenizer) throws IOException {
    List<String> words =
        new ArrayList<>(TupleTopic.train(connection, tokenizer, folder.resolve("store")));
    words.addAll(
        List.of(
            "--steps=20",
            "--set=model.objectives.contrastive=0",
            "--set=model.objectives.language=0",
            "--set=model.objectives.labels=1",
            "--set=model.findings=[opacity]"));
    Invocation.of(words.toArray(String[]::new)).json();
    return read(connection, Topic.CHECKPOINTS, CheckpointPublished.class).get(0);
  }

  private TrainerProcess serve(KafkaConnection connection) throws IOException {
    List<String> arguments =
        List.of(
            "serve",
            "--port=0",
            "--threads=1",
            "--policy=gate",
            "--gate-studies=5",
            "--panel-offsets=" + validation(connection),
            "--store=" + folder.resolve("store"),
            "--bootstrap=" + connection.bootstrap(),
            "--registry=" + connection.registry(),
            "--topic-prefix=" + connection.topics().prefix());
    return TrainerProcess.start(
        TrainerProcess.command(PROGRAM, CommandProcess.SHORT_LIVED, arguments),
        folder.resolve("serve.log"));
  }

  /** All that is there by now. */
  private static String validation(KafkaConnection connection) {
    try (TopicScan scan =
        new TopicScan(
            KafkaClients.of(connection).consumer(),
            connection.topics().of(Topic.TUPLES_VALIDATION))) {
      return scan.toEnd(record -> {}).stream()
          .filter(range -> range.end() > range.begin())
          .map(GateEndToEndTest::option)
          .collect(Collectors.joining(","));
    }
  }

  private static String option(OffsetRange range) {
    return "%d:%d-%d".formatted(range.partition(), range.begin(), range.end());
  }

  private static String address(TrainerProcess service) throws Exception {
    Matcher listens = LISTENS.matcher("");
    boolean alive =
        service.reaches(
            () -> {
              try {
                return listens.reset(service.said()).find();
              } catch (IOException e) {
                return false;
              }
            },
            LOOK);
    assertThat(alive).as(service.said()).isTrue();
    return listens.group(1);
  }

  private static Invocation models(String url, String... words) {
    List<String> arguments = new ArrayList<>(List.of("models"));
    arguments.addAll(List.of(words));
    arguments.addAll(List.of("--json", "--url=" + url));
    return Invocation.of(arguments.toArray(String[]::new));
  }

  private static void awaitLive(String url, String checkpoint) throws IOException {
    while (!models(url, "list").json().path("live").asText().equals(checkpoint)) {
      Moment.pass();
    }
  }

  private static JsonNode awaitVerdict(String url, String checkpoint) throws IOException {
    while (true) {
      for (JsonNode model : models(url, "list").json().path("models")) {
        if (model.path("id").asText().equals(checkpoint) && model.has("verdict")) {
          return model;
        }
      }
    }
  }

  private static void announce(KafkaConnection connection, CheckpointPublished checkpoint)
      throws Exception {
    try (RecordSerde<CheckpointPublished> serde =
            RecordSerde.of(CheckpointPublished.class, connection);
        KafkaProducer<String, CheckpointPublished> producer =
            new KafkaProducer<>(
                connection.producerConfig(), new StringSerializer(), serde.serializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  connection.topics().of(Topic.CHECKPOINTS), checkpoint.getLine(), checkpoint))
          .get();
    }
  }

  /** The last verdict about each checkpoint. */
  private static Map<String, ModelDecision> verdicts(KafkaConnection connection) {
    Map<String, ModelDecision> verdicts = new HashMap<>();
    read(connection, Topic.MODELS_DECISIONS, ModelDecision.class)
        .forEach(decision -> verdicts.put(decision.getCheckpointId(), decision));
    return verdicts;
  }

  private static <T extends SpecificRecord> List<T> read(
      KafkaConnection connection, Topic topic, Class<T> type) {
    RecordReader<T> reader = new RecordReader<>(type, connection);
    String name = connection.topics().of(topic);
    List<T> read = new ArrayList<>();
    try (TopicScan scan = new TopicScan(KafkaClients.of(connection).consumer(), name)) {
      scan.toEnd(
          record -> {
            if (reader.read(name, record.value()) instanceof Decoded.Valid<T> valid) {
              read.add(valid.value());
            }
          });
    }
    return read;
  }
}
