package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.schemas.KafkaConnection;
import io.radstream.serving.ScoringService;
import io.radstream.serving.ServingConfig;
import io.radstream.serving.search.SearchLimits;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A service that indexes what it follows on a real topic, with a real checkpoint. */
@ExtendWith(SharedCluster.class)
class SearchEndToEndTest {

  @TempDir private Path folder;

  private ServingConfig trained(KafkaConnection connection) throws Exception {
    Invocation.on(connection, "publish", "synthetic", "--studies=24", "--view-size=64").json();
    Path tokenizer = StagedStudies.in(folder, connection);
    Path store = folder.resolve("store");
    Invocation.on(
            connection,
            "train",
            "--tokenizer=" + tokenizer,
            "--store=" + store,
            "--steps=1",
            "--set=batch=4",
            "--set=checkpoint.every=1")
        .json();
    return ServingConfig.of(store).withSearch(Optional.of(new SearchLimits(100)));
  }

  private static HttpResponse<String> ask(ScoringService service, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(service.uri().resolve("/v1/search?count=100&reports=true"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
  }

  /** Asks until there is an answer of that status. */
  private static JsonNode await(ScoringService service, String body, int status) throws Exception {
    HttpResponse<String> answer = ask(service, body);
    while (answer.statusCode() != status) {
      Moment.pass();
      answer = ask(service, body);
    }
    return new ObjectMapper().readTree(answer.body());
  }

  private static List<String> ids(JsonNode neighbours) {
    List<String> ids = new ArrayList<>();
    neighbours.forEach(neighbour -> ids.add(neighbour.path("studyId").asText()));
    return ids;
  }

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldFindWhatTheStageHasMadeUntilItIsWithdrawn(KafkaConnection connection)
      throws Exception {
    // Given
    ServingConfig config = trained(connection);
    try (ScoringService service = LiveService.start(connection, config)) {
      JsonNode found = await(service, "{\"text\":\"There is a pleural effusion.\"}", 200);
      String first = found.at("/studies/0/studyId").asText();
      JsonNode near = await(service, "{\"studyId\":\"" + first + "\"}", 200);

      // When
      Invocation.on(connection, "withdraw", "--study=" + first, "--settle=0s").json();

      // Then
      await(service, "{\"studyId\":\"" + first + "\"}", 404);
      JsonNode after = await(service, "{\"text\":\"There is a pleural effusion.\"}", 200);
      assertThat(ids(found.path("studies"))).hasSize(found.at("/index/studies").asInt());
      assertThat(found.at("/reports/0/report").asText()).isNotBlank();
      assertThat(ids(near.path("studies")))
          .hasSameSizeAs(ids(after.path("studies")))
          .doesNotContain(first);
      assertThat(ids(after.path("studies")))
          .hasSize(ids(found.path("studies")).size() - 1)
          .doesNotContain(first);
    }
  }
}
