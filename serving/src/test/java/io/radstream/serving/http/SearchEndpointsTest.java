package io.radstream.serving.http;

import static io.radstream.serving.http.RunningApi.json;
import static io.radstream.serving.search.HeldTuples.tuple;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.schemas.StudyWithdrawn;
import io.radstream.serving.access.Access;
import io.radstream.serving.access.ApiKeyFile;
import io.radstream.serving.access.Identification;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.pictures.PictureReader;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.FakeTexts;
import io.radstream.serving.score.TestImages;
import io.radstream.serving.search.HeldTuples;
import io.radstream.serving.search.SearchLimits;
import io.radstream.serving.search.StudySearch;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchEndpointsTest {

  private static final byte[] WHITE = TestImages.white();
  private static final byte[] BLACK = TestImages.black();

  @TempDir private Path folder;
  private final HeldTuples tuples = new HeldTuples();
  private final FakeNetwork network = new FakeNetwork();
  private StudySearch search;
  private RunningApi running;
  private String scorer;
  private String reporter;

  @BeforeEach
  void start() throws Exception {
    ApiKeyFile keys = new ApiKeyFile(folder.resolve("keys.yaml"));
    scorer = keys.add("scorer", Set.of(Access.SCORE));
    reporter = keys.add("reporter", Set.of(Access.SCORE, Access.REPORTS));
    Identification known = new Identification(Optional.of(keys.path()), Optional.empty(), false);
    running =
        ApiSetup.in(folder)
            .access(RunningApi.OPEN.withIdentification(known))
            .search(this::searching)
            .start();
    running.fleet.carryOut(FakeNetwork.model("first", network), new Verdict.Promote("test"));
    search.changed();
    withdraw();
  }

  private StudySearch searching(ModelFleet fleet, MeterRegistry meters) {
    search =
        new StudySearch(
            fleet,
            new SearchLimits(100),
            new PictureReader(Optional.empty()),
            tuples,
            Runnable::run,
            Runnable::run,
            meters);
    return search;
  }

  @AfterEach
  void stop() {
    search.close();
    running.close();
  }

  private void withdraw(String... studies) {
    search
        .withdrawals()
        .accept(
            List.of(studies).stream()
                .map(id -> new StudyWithdrawn(id, "asked for", Instant.EPOCH, List.of()))
                .toList(),
            true);
  }

  private void fill() {
    tuples.give(
        0, tuple("white", 1, FakeTexts.BRIGHT, WHITE), tuple("black", 1, FakeTexts.DARK, BLACK));
  }

  private HttpResponse<String> ask(String key, String query, String body) {
    return running.send(
        running
            .request("/v1/search" + query)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private static List<String> ids(JsonNode neighbours) {
    return all(neighbours, "studyId");
  }

  private static List<String> all(JsonNode neighbours, String field) {
    List<String> values = new ArrayList<>();
    neighbours.forEach(neighbour -> values.add(neighbour.path(field).asText()));
    return values;
  }

  @Test
  void shouldFindWhatIsNearASentence() {
    // Given
    fill();

    // When
    HttpResponse<String> answer = ask(scorer, "", "{\"text\":\"bright\"}");

    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode found = json(answer);
    assertThat(ids(found.path("studies"))).containsExactly("white", "black");
    assertThat(ids(found.path("reports"))).containsExactly("white", "black");
    assertThat(found.at("/reports/0/similarity").asDouble()).isBetween(0.999, 1.001);
    assertThat(found.at("/index/checkpoint/id").asText()).isEqualTo("first");
    assertThat(found.at("/index/studies").asInt()).isEqualTo(2);
    assertThat(answer.body()).doesNotContain("\"report\"");
  }

  @Test
  void shouldFindWhatIsNearAStudyThatIsSent() {
    // Given
    fill();
    HttpRequest form = running.files("/v1/search?count=1", BLACK);
    String base64 = Base64.getEncoder().encodeToString(BLACK);

    // When
    HttpResponse<String> ofForm =
        running.send(
            HttpRequest.newBuilder(form, (name, value) -> true)
                .header("Authorization", "Bearer " + scorer)
                .build());
    HttpResponse<String> ofJson =
        ask(scorer, "?count=1", "{\"views\":[{\"image\":\"" + base64 + "\"}]}");

    // Then
    assertThat(ids(json(ofForm).path("studies"))).containsExactly("black");
    assertThat(json(ofJson).path("studies")).isEqualTo(json(ofForm).path("studies"));
  }

  @Test
  void shouldFindWhatIsNearAStudyOfTheIndex() {
    // Given
    fill();

    // When
    HttpResponse<String> answer = ask(scorer, "", "{\"studyId\":\"white\"}");

    // Then
    assertThat(ids(json(answer).path("studies"))).containsExactly("black");
  }

  @Test
  void shouldGiveReportsToThoseWhoMayReadThem() {
    // Given
    fill();

    // When
    HttpResponse<String> given = ask(reporter, "?reports=true", "{\"text\":\"bright\"}");
    HttpResponse<String> refused = ask(scorer, "?reports=true", "{\"text\":\"bright\"}");

    // Then
    assertThat(all(json(given).path("studies"), "report")).containsExactly("bright", "dark");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(json(refused).path("code").asText()).isEqualTo("missing_role");
    assertThat(json(refused).path("detail").asText()).contains("'reports'");
  }

  @Test
  void shouldNotNameAStudyThatWasWithdrawn() {
    // Given
    fill();

    // When
    withdraw("white");

    // Then
    assertThat(ids(json(ask(scorer, "", "{\"text\":\"bright\"}")).path("studies")))
        .containsExactly("black");
    HttpResponse<String> asked = ask(scorer, "", "{\"studyId\":\"white\"}");
    assertThat(asked.statusCode()).isEqualTo(404);
    assertThat(json(asked).path("code").asText()).isEqualTo("not_indexed");
  }

  @Test
  void shouldSayThatThereIsNoIndexYet() {
    HttpResponse<String> answer = ask(scorer, "", "{\"text\":\"bright\"}");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(json(answer).path("code").asText()).isEqualTo("no_index");
    assertThat(json(answer).path("detail").asText()).contains("is being built");
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "{\"text\":\"\"}",
        "{\"text\":\"a\",\"studyId\":\"b\"}",
        "{\"views\":[],\"text\":\"a\"}"
      })
  void shouldRefuseWhatAsksForNothingOrTooMuch(String body) {
    // Given
    fill();

    // When
    HttpResponse<String> answer = ask(scorer, "", body);

    // Then
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("code").asText()).isEqualTo("bad_search");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?count=0", "?count=101", "?count=x", "?reports=yes"})
  void shouldRefuseParametersOutOfTheirRange(String query) {
    // Given
    fill();

    // When
    HttpResponse<String> answer = ask(scorer, query, "{\"text\":\"a\"}");

    // Then
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("code").asText()).isEqualTo("bad_search");
  }

  @Test
  void shouldRefuseAnImageThatCannotBeUsed() {
    // Given
    fill();

    // When
    HttpResponse<String> answer = ask(scorer, "", "{\"views\":[{\"image\":\"AAAA\"}]}");

    // Then
    assertThat(answer.statusCode()).isEqualTo(422);
  }

  @Test
  void shouldLetGoOfTheIndexWithEachAnswer() {
    // Given
    fill();
    ask(scorer, "", "{\"text\":\"bright\"}");
    ask(scorer, "", "{\"studyId\":\"nobody\"}");
    ask(scorer, "", "{\"views\":[{\"image\":\"AAAA\"}]}");
    running.fleet.close();

    // When
    search.close();

    // Then
    assertThat(network.closed()).isEqualTo(1);
  }
}
