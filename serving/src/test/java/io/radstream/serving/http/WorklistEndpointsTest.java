package io.radstream.serving.http;

import static io.radstream.serving.http.RunningApi.json;
import static io.radstream.serving.worklist.Scores.NOW;
import static io.radstream.serving.worklist.Scores.score;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.schemas.FindingMark;
import io.radstream.schemas.LabelledStudy;
import io.radstream.serving.access.Access;
import io.radstream.serving.access.ApiKeyFile;
import io.radstream.serving.access.Identification;
import io.radstream.serving.compare.Comparison;
import io.radstream.serving.worklist.VerdictOutlet;
import io.radstream.serving.worklist.Worklist;
import io.radstream.serving.worklist.WorklistLimits;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorklistEndpointsTest {

  private static final String VERDICT =
      "{\"studyId\":\"%s\",\"checkpoint\":\"%s\","
          + "\"findings\":[{\"finding\":\"effusion\",\"present\":true}]}";

  @TempDir private Path folder;
  private volatile VerdictOutlet outlet = this::write;
  private final List<LabelledStudy> written = new ArrayList<>();
  private Worklist list;
  private RunningApi running;
  private String viewer;
  private String reader;
  private String other;

  @BeforeEach
  void start() throws Exception {
    ApiKeyFile keys = new ApiKeyFile(folder.resolve("keys.yaml"));
    viewer = keys.add("board", Set.of(Access.WORKLIST));
    reader = keys.add("anna", Set.of(Access.LABEL));
    other = keys.add("prometheus", Set.of(Access.READ, Access.SCORE, Access.REPORTS));
    Identification known = new Identification(Optional.of(keys.path()), Optional.empty(), false);
    running =
        ApiSetup.in(folder)
            .access(RunningApi.OPEN.withIdentification(known))
            .worklist(this::listing)
            .start();
    list.labels().accept(List.of(), true);
    list.withdrawals().accept(List.of(), true);
    list.scores()
        .accept(
            List.of(
                score("ill", "a", 3, Map.of("effusion", 0.9)),
                score("perhaps", "a", 2, Map.of("effusion", 0.55)),
                score("well", "a", 1, Map.of("effusion", 0.1)),
                score("ill", "b", 0, Map.of("effusion", 0.7))),
            true);
  }

  private Worklist listing(Supplier<List<Comparison>> comparisons, MeterRegistry meters) {
    WorklistLimits limits = new WorklistLimits(100, Duration.ofDays(1), WorklistLimits.NO_FINDINGS);
    list =
        new Worklist(
            limits, comparisons, verdict -> outlet.write(verdict), () -> NOW, meters, () -> {});
    return list;
  }

  private void write(LabelledStudy verdict) {
    written.add(verdict);
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void shouldTellWhatEachReaderSaysUntilItIsTakenBack() {
    try (ListingService service = ListingService.open(folder, RunningApi.OPEN)) {
      service.scored(score("ill", "a", 3, Map.of("effusion", 0.9)));
      service.said("bert", "ill", "effusion", false);
      String body =
          "{\"studyId\":\"ill\",\"checkpoint\":\"a\",\"findings\":[{\"finding\":\"effusion\",%s}]}";

      service.running.postJson("/v1/worklist/verdicts", body.formatted("\"present\":true"));
      JsonNode both = json(service.running.get("/v1/worklist"));
      JsonNode done =
          json(
              service.running.postJson(
                  "/v1/worklist/verdicts", body.formatted("\"takeBack\":true")));
      JsonNode his = json(service.running.get("/v1/worklist")).at("/studies/0/verdicts/effusion");

      JsonNode said = both.at("/studies/0/verdicts/effusion");
      assertThat(both.get("reader").asText()).isEqualTo("anonymous");
      assertThat(said.get("reader").asText()).isEqualTo("anonymous");
      assertThat(said.at("/others/0/reader").asText()).isEqualTo("bert");
      assertThat(said.at("/others/0/present").asBoolean()).isFalse();
      assertThat(done.at("/takenBack/0").asText()).isEqualTo("effusion");
      assertThat(his.get("reader").asText()).isEqualTo("bert");
      assertThat(his.has("others")).isFalse();
    }
  }

  @Test
  void shouldTellThatTheListChangedAndNotHow() {
    try (ListingService service = ListingService.open(folder, RunningApi.OPEN);
        Stream<String> lines = service.running.events()) {
      Iterator<String> events = lines.iterator();
      while (!events.next().equals("event: worklist")) {
        assertThat(service.written).isEmpty();
      }

      assertThat(events.next()).isEqualTo("data: {}");
    }
  }

  private HttpResponse<String> get(String key, String query) {
    return running.send(
        running.request("/v1/worklist" + query).header("Authorization", "Bearer " + key).build());
  }

  private HttpResponse<String> post(String key, String body) {
    return running.send(posting(key, body));
  }

  private HttpRequest posting(String key, String body) {
    return running
        .request("/v1/worklist/verdicts")
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  @Test
  void shouldListStudiesWithTheirMarks() {
    HttpResponse<String> response = get(viewer, "");

    JsonNode answer = json(response);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(answer.path("studies").findValuesAsText("studyId"))
        .containsExactly("ill", "perhaps", "well");
    JsonNode ill = answer.path("studies").get(0);
    assertThat(ill.path("checkpoint").asText()).isEqualTo("b");
    assertThat(ill.path("finding").asText()).isEqualTo("effusion");
    assertThat(ill.path("disagreements").get(0).path("there").asDouble()).isEqualTo(0.9);
    assertThat(answer.path("studies").get(1).path("uncertain").get(0).asText())
        .isEqualTo("effusion");
    assertThat(answer.has("next")).isFalse();
  }

  @Test
  void shouldGiveOnePageAfterTheOtherAndNameNoStudyInTheAddress() {
    JsonNode first = json(get(viewer, "?count=2"));
    String next = first.path("next").asText();

    JsonNode second = json(get(viewer, "?count=2&after=" + next));

    assertThat(next).matches("[0-9a-f]{56}");
    assertThat(first.path("total").asInt()).isEqualTo(3);
    assertThat(second.path("studies").findValuesAsText("studyId")).containsExactly("well");
    assertThat(get(viewer, "?order=newest&after=" + next).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?order=worst",
        "?count=0",
        "?count=501",
        "?count=x",
        "?least=2",
        "?least=NaN",
        "?unread=perhaps",
        "?finding=",
        "?after=12",
        "?order=newest&order=priority"
      })
  void shouldRefuseWhatCannotBeAsked(String query) {
    HttpResponse<String> response = get(viewer, query);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("code").asText()).isEqualTo("bad_question");
  }

  @Test
  void shouldWriteDownAVerdictWithTheCallersNameAndShowIt() {
    HttpResponse<String> response =
        post(
            reader,
            """
            {"studyId":"ill","checkpoint":"a","findings":[{"finding":"effusion","present":true,
             "boxes":[{"view":0,"x":0.1,"y":0.5,"width":0.9,"height":0.25}]}]}
            """);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json(response).path("agrees").path("effusion").asBoolean()).isTrue();
    assertThat(written).hasSize(1);
    LabelledStudy record = written.get(0);
    assertThat(record.getId()).isEqualTo("ill");
    assertThat(record.getLabels()).containsEntry("effusion", 1.0);
    assertThat(record.getVerdict().getReader()).isEqualTo("anna");
    assertThat(record.getVerdict().getTime()).isEqualTo(NOW);
    assertThat(record.getVerdict().getCheckpointId()).isEqualTo("a");
    assertThat(record.getVerdict().getMarks())
        .containsExactly(new FindingMark(0, "effusion", 0.1, 0.5, 0.9, 0.25));
    JsonNode said = json(get(reader, "")).path("studies").get(0).path("verdicts").path("effusion");
    assertThat(said.path("reader").asText()).isEqualTo("anna");
    assertThat(said.path("agrees").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{\"studyId\":\"ill\",\"checkpoint\":\"a\",\"findings\":[]}",
        "{\"studyId\":\"ill\",\"checkpoint\":\"a\",\"findings\":[null]}",
        "{\"studyId\":\"ill\",\"checkpoint\":\"a\",\"findings\":[{\"finding\":\"x\",\"present\":true}]}",
        "{\"studyId\":\"ill\",\"checkpoint\":\"a\",\"findings\":[{\"finding\":\"effusion\"}]}",
        "{\"studyId\":\"ill\",\"checkpoint\":\"a\",\"findings\":[{\"present\":true}]}",
        "{\"studyId\":\"ill\",\"checkpoint\":\"a\",\"findings\":[{\"finding\":\"effusion\"}]}",
        "{\"studyId\":\"ill\",\"checkpoint\":\"a\",\"findings\":[{\"finding\":\"effusion\",\"present\":true,"
            + "\"takeBack\":true}]}",
        "{\"studyId\":\"ill\",\"checkpoint\":\"a\",\"findings\":[{\"finding\":\"effusion\",\"present\":true,"
            + "\"boxes\":[{\"view\":0,\"x\":0.5,\"y\":0,\"width\":0.6,\"height\":1}]}]}",
        "{\"studyId\":\"ill\",\"checkpoint\":\"a\",\"findings\":[{\"finding\":\"effusion\",\"present\":false,"
            + "\"boxes\":[{\"view\":0,\"x\":0.5,\"y\":0,\"width\":0.5,\"height\":1}]}]}",
        "{\"studyId\":\"ill\",\"checkpoint\":\"a\",\"findings\":[{\"finding\":\"effusion\",\"present\":true,"
            + "\"boxes\":[{\"view\":16,\"x\":0.5,\"y\":0,\"width\":0.5,\"height\":1}]}]}",
        "{\"studyId\":\"ill\",\"checkpoint\":\"a\",\"findings\":[{\"finding\":\"effusion\",\"present\":true,"
            + "\"boxes\":[{\"view\":0,\"x\":\"NaN\",\"y\":0,\"width\":0.5,\"height\":1}]}]}",
        "{\"studyId\":\"ill\",\"checkpoint\":\"a\",\"findings\":[{\"finding\":\"effusion\",\"present\":true,"
            + "\"boxes\":[{\"view\":0,\"x\":0,\"y\":0,\"width\":1e999,\"height\":1}]}]}"
      })
  void shouldRefuseWhatIsNoVerdict(String body) {
    HttpResponse<String> response = post(reader, body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(written).isEmpty();
  }

  @Test
  void shouldRefuseAVerdictOnAScoreOrAStudyThatIsNotListed() {
    HttpResponse<String> score = post(reader, VERDICT.formatted("ill", "c"));
    HttpResponse<String> study = post(reader, VERDICT.formatted("nobody", "a"));

    assertThat(score.statusCode()).isEqualTo(409);
    assertThat(json(score).path("code").asText()).isEqualTo("other_score");
    assertThat(study.statusCode()).isEqualTo(404);
    assertThat(json(study).path("code").asText()).isEqualTo("not_listed");
  }

  @Test
  void shouldGoOnListingWhileManyVerdictsWaitForTheBroker() throws Exception {
    // Given
    CountDownLatch back = new CountDownLatch(1);
    outlet =
        verdict -> {
          try {
            back.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    List<CompletableFuture<HttpResponse<String>>> sent =
        IntStream.range(0, 40)
            .mapToObj(i -> running.sendAsync(posting(reader, VERDICT.formatted("ill", "a"))))
            .toList();

    CompletableFuture.anyOf(sent.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);

    // When
    HttpResponse<String> listed = get(viewer, "");

    // Then
    assertThat(listed.statusCode()).isEqualTo(200);
    back.countDown();
    assertThat(sent.stream().map(CompletableFuture::join).map(HttpResponse::statusCode).toList())
        .containsOnly(200, 429)
        .contains(200, 429);
  }

  @Test
  void shouldLetOnlyThoseSeeItAndSpeakWhoMay() {
    assertThat(get(other, "").statusCode()).isEqualTo(403);
    assertThat(get(reader, "").statusCode()).isEqualTo(200);
    assertThat(post(viewer, "{}").statusCode()).isEqualTo(403);
    assertThat(post(other, "{}").statusCode()).isEqualTo(403);
  }

  @Test
  void shouldSayThatThereIsNoListWhereNoneIsKept() {
    try (RunningApi without = ApiSetup.in(folder).start()) {
      HttpResponse<String> response = without.get("/v1/worklist");

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(json(response).path("code").asText()).isEqualTo("no_worklist");
    }
  }
}
