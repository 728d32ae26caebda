package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import io.radstream.serving.ScoringService;
import io.radstream.serving.ServingConfig;
import io.radstream.serving.worklist.WorklistLimits;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From scores on a real topic over readers' verdicts to a network that learned from them. */
@ExtendWith(SharedCluster.class)
class WorklistEndToEndTest {

  private static final int STUDIES = 16;

  /** Where the records end: 16 tuples, one that was aborted, and marks of five transactions. */
  private static final int END = 22;

  private static final String WORKLIST = "/v1/worklist?count=500";

  @TempDir private Path folder;
  private Path tokenizer;

  private ServingConfig scored(KafkaConnection connection) throws Exception {
    new TopicSetup(connection).create(1);
    tokenizer = TupleTopic.tokenizer(folder);
    TupleTopic.publish(connection, Topic.TUPLES_TRAIN, tokenizer, STUDIES);
    train(connection, "--line=first", "--steps=2").json();
    Invocation.on(
            connection,
            "score",
            "backfill",
            "--checkpoint=" + folder.resolve("first/000000002"),
            "--topic=tuples.train",
            "--offsets=0:0-" + END)
        .json();
    return ServingConfig.of(folder)
        .withLine(Optional.of("first"))
        .withWorklist(
            Optional.of(new WorklistLimits(100, Duration.ofDays(1), WorklistLimits.NO_FINDINGS)));
  }

  private Invocation train(KafkaConnection connection, String... further) {
    List<String> words = new ArrayList<>(TupleTopic.train(connection, tokenizer, folder));
    words.addAll(List.of(further));
    return Invocation.of(words.toArray(String[]::new));
  }

  private Invocation learn(KafkaConnection connection, String line, String verdicts) {
    return train(
        connection,
        "--line=" + line,
        "--steps=1",
        "--set=model.objectives.labels=1",
        "--set=model.findings=[effusion]",
        "--set=labels.verdicts=" + verdicts);
  }

  private static JsonNode ask(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    return new ObjectMapper().readTree(answer.body());
  }

  /** Reads the list until it holds so many studies. */
  private static JsonNode await(ScoringService service, int studies) throws Exception {
    while (true) {
      JsonNode page = ask(HttpRequest.newBuilder(service.uri().resolve(WORKLIST)));
      if (page.path("studies").size() == studies) {
        return page.path("studies");
      }
      Moment.pass();
    }
  }

  private static JsonNode say(ScoringService service, JsonNode study, boolean present)
      throws Exception {
    String body =
        """
        {"studyId":"%s","checkpoint":"%s","findings":[{"finding":"effusion","present":%b}]}
        """
            .formatted(study.path("studyId").asText(), study.path("checkpoint").asText(), present);
    return ask(
        HttpRequest.newBuilder(service.uri().resolve("/v1/worklist/verdicts"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldLetReadersTeachUntilAStudyIsWithdrawn(KafkaConnection connection) throws Exception {
    // Given
    ServingConfig config = scored(connection);
    String first;
    try (ScoringService service = LiveService.start(connection, config)) {
      JsonNode studies = await(service, STUDIES);
      first = studies.at("/0/studyId").asText();

      // When
      for (JsonNode study : studies) {
        assertThat(say(service, study, study.equals(studies.get(0))).path("reader").asText())
            .isEqualTo("anonymous");
      }
      Invocation.on(
              connection, "withdraw", "--study=" + studies.at("/1/studyId").asText(), "--settle=0s")
          .json();

      // Then
      JsonNode after = await(service, STUDIES - 1);
      assertThat(after.at("/0/verdicts/effusion/present").asBoolean()).isTrue();
      assertThat(after.at("/1/verdicts/effusion/present").asBoolean(true)).isFalse();
    }
    try (ScoringService again = LiveService.start(connection, config)) {
      JsonNode after = await(again, STUDIES - 1);
      assertThat(after.at("/0/studyId").asText()).isEqualTo(first);
      assertThat(after.at("/0/verdicts/effusion/present").asBoolean()).isTrue();
    }
    assertThat(learn(connection, "without", "LEAVE_OUT").err()).contains("has a label for any of");
    assertThat(learn(connection, "with", "FIRST").json().path("loss_labels_last").asDouble())
        .isPositive();
  }
}
