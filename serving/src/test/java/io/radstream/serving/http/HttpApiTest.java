package io.radstream.serving.http;

import static io.radstream.serving.http.RunningApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.schemas.Alarm;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.StudySeen;
import io.radstream.schemas.StudyWithdrawn;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.TrainingMetric;
import io.radstream.schemas.log.TopicFollower;
import io.radstream.serving.checkpoint.KeptFleet;
import io.radstream.serving.checkpoint.NetworkLoader;
import io.radstream.serving.checkpoint.StoredCheckpoint;
import io.radstream.serving.fleet.KnownCheckpoint.State;
import io.radstream.serving.fleet.NewestWins;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.TestImages;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpApiTest {

  @TempDir private Path uploads;
  private RunningApi running;

  @BeforeEach
  void start() {
    running = ApiSetup.in(uploads).start();
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void shouldBeReadyOnceAModelIsLoaded() {
    HttpResponse<String> before = running.get("/health/ready");
    running.fleet.carryOut(
        FakeNetwork.model("line-1", new FakeNetwork()), new Verdict.Promote("test"));

    HttpResponse<String> after = running.get("/health/ready");

    assertThat(before.statusCode()).isEqualTo(503);
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(json(after).at("/checkpoint").asText()).isEqualTo("line-1");
    assertThat(running.get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  @Timeout(60)
  void shouldNotBeReadyWhereATopicIsNotFollowedAnyMore() {
    running.fleet.carryOut(
        FakeNetwork.model("line-1", new FakeNetwork()), new Verdict.Promote("test"));
    running.followed.need(follower(Topic.STUDIES_WITHDRAWN, StudyWithdrawn.class));
    running.followed.add(follower(Topic.TRAINING_METRICS, TrainingMetric.class));
    HttpResponse<String> before = running.get("/health/ready");
    running.followed.start();

    while (!running.get("/metrics").body().contains(followed("studies.withdrawn", 0))) {
      Moment.pass();
    }

    HttpResponse<String> after = running.get("/health/ready");
    assertThat(before.statusCode()).isEqualTo(200);
    assertThat(after.statusCode()).isEqualTo(503);
    assertThat(json(after).at("/code").asText()).isEqualTo("not_following");
    assertThat(json(after).at("/detail").asText())
        .contains("studies.withdrawn")
        .doesNotContain("training.metrics");
  }

  private static String followed(String topic, int value) {
    return "radstream_topic_followed{topic=\"%s\"} %d.0".formatted(topic, value);
  }

  /** Of a cluster that does not let it read. */
  private static <T extends SpecificRecord> TopicFollower<T> follower(Topic topic, Class<T> type) {
    KafkaConnection connection =
        new KafkaConnection("unused:9092", "mock://http-api", new TopicNames(""));
    return new TopicFollower<>(
        connection.topics().of(topic),
        () -> {
          throw new TopicAuthorizationException(connection.topics().of(topic));
        },
        new RecordReader<>(type, connection),
        (records, caughtUp) -> {});
  }

  @Test
  void shouldListNoModelAtFirst() {
    JsonNode answer = json(running.get("/v1/models"));

    assertThat(answer.at("/live").isNull()).isTrue();
    assertThat(answer.at("/models")).isEmpty();
  }

  @Test
  void shouldCountTheWithdrawnStudiesOfACheckpointAndNameNone() {
    announce("other", 100);
    announce("demo", 100);
    announce("demo", 200);
    Iterator<String> lines = running.events().iterator();
    JsonNode before = next(lines, "models");
    next(lines, "training");

    running.catalog.withdrawn(List.of(withdrawn("S-1", 150), withdrawn("S-2", 200)), true);

    JsonNode after = next(lines, "models");
    assertThat(before.findValuesAsText("withdrawnStudies")).containsExactly("0", "0");
    assertThat(after.findValuesAsText("withdrawnStudies")).containsExactly("2", "0");
    assertThat(json(running.get("/v1/models"))).isEqualTo(after);
    assertThat(after.toString()).doesNotContain("S-1", "S-2");
  }

  /** All of one run; only the line demo is listed. */
  private void announce(String line, long step) {
    KeptFleet.of(
            "other",
            new KeptFleet.Parts(
                uploads,
                NetworkLoader.on(ComputeDevice.cpu()),
                new NewestWins(),
                Optional.of("demo")),
            running.fleet.models(),
            running.catalog,
            running.log,
            InstantSource.system(),
            new SimpleMeterRegistry(),
            Runnable::run)
        .watcher()
        .accept(List.of(StoredCheckpoint.write(uploads, line, step).announce()), false);
  }

  @Test
  void shouldTellTheRoleOfACheckpointAndWhy() {
    announce("demo", 100);
    announce("demo", 200);
    running.fleet.carryOut(
        FakeNetwork.model("demo-000000100", new FakeNetwork()), new Verdict.Promote("test"));
    Verdict canary = new Verdict.Canary(0.25, "its loss is lower, but not by much");
    running.fleet.carryOut(FakeNetwork.model("demo-000000200", new FakeNetwork()), canary);

    running.catalog.settled(
        running.fleet.roles(),
        checkpoint -> Optional.of(canary).filter(any -> checkpoint.id().equals("demo-000000200")),
        checkpoint -> Optional.empty(),
        Instant.EPOCH);

    JsonNode models = json(running.get("/v1/models"));
    assertThat(models.at("/live").asText()).isEqualTo("demo-000000100");
    assertThat(models.at("/models/0/state").asText()).isEqualTo("trial");
    assertThat(models.at("/models/0/role").asText()).isEqualTo("canary");
    assertThat(models.at("/models/0/share").asDouble()).isEqualTo(0.25);
    assertThat(models.at("/models/0/verdict").toString())
        .isEqualTo("{\"name\":\"canary\",\"reason\":\"its loss is lower, but not by much\"}");
    assertThat(models.at("/models/1/role").asText()).isEqualTo("live");
    assertThat(models.at("/models/1").has("share")).isFalse();
  }

  @Test
  void shouldTellWhatACheckpointWaitsForAndUntilWhen() {
    announce("demo", 100);

    running.catalog.settled(
        running.fleet.roles(),
        checkpoint -> Optional.empty(),
        checkpoint ->
            Optional.of(
                new State.Waiting("file state.json is missing", Instant.EPOCH.plusSeconds(5))),
        Instant.EPOCH);

    JsonNode model = json(running.get("/v1/models")).at("/models/0");
    assertThat(model.path("state").asText()).isEqualTo("waiting");
    assertThat(model.path("reason").asText())
        .isEqualTo("waiting for files: file state.json is missing");
    assertThat(model.path("nextLookAt").asText()).isEqualTo("1970-01-01T00:00:05Z");
  }

  private static StudyWithdrawn withdrawn(String study, long step) {
    return StudyWithdrawn.newBuilder()
        .setStudyId(study)
        .setReason("asked for")
        .setTime(Instant.EPOCH)
        .setSeen(List.of(new StudySeen("run", "demo", step)))
        .build();
  }

  @Test
  void shouldTellTheCourseOfTheTraining() {
    running.history.accept(List.of(metric(10, Map.of("loss", 3.5))), true);

    JsonNode answer = json(running.get("/v1/training"));

    assertThat(answer.at("/runId").asText()).isEqualTo("run");
    assertThat(answer.at("/points/0/values/loss").asDouble()).isEqualTo(3.5);
  }

  @Test
  void shouldStreamWhatIsKnownAndThenWhatIsNew() {
    running.history.accept(List.of(metric(10, Map.of("loss", 3.5))), true);
    Iterator<String> lines = running.events().iterator();

    JsonNode models = next(lines, "models");
    JsonNode training = next(lines, "training");
    running.history.accept(List.of(metric(20, Map.of("loss", 3.0))), true);
    JsonNode points = next(lines, "points");

    assertThat(models.at("/models").isArray()).isTrue();
    assertThat(training.at("/points")).hasSize(1);
    assertThat(points.at("/0/step").asLong()).isEqualTo(20);
  }

  @Test
  void shouldShowAnAlarmOnPagesThatAreOpenAndOnThoseOpenedLater() {
    running.history.accept(List.of(metric(10, Map.of("loss", 3.5))), true);
    Iterator<String> lines = running.events().iterator();
    next(lines, "models");
    next(lines, "training");
    Alarm alarm = new Alarm("report_length", "site", 61.5, 40.0, 9.0, 4.0);

    running.history.accept(List.of(metric(20, Map.of("loss", 3.0), alarm)), true);

    next(lines, "points");
    JsonNode alarms = next(lines, "alarms");
    assertThat(alarms.toString())
        .isEqualTo(
            "[{\"step\":20,\"statistic\":\"report_length\",\"source\":\"site\","
                + "\"value\":61.5,\"reference\":40.0}]");
    assertThat(json(running.get("/v1/training")).at("/alarms")).isEqualTo(alarms);
    assertThat(running.get("/metrics").body())
        .contains("radstream_drift_alarms_total{statistic=\"report_length\"} 1.0");
  }

  private static JsonNode next(Iterator<String> lines, String event) {
    assertThat(lines.next()).isEqualTo("event: " + event);
    String data = lines.next();
    assertThat(lines.next()).isEmpty();
    return json(data.substring("data: ".length()));
  }

  @Test
  void shouldMeasureRequestsWithoutAnythingThatTheClientChose() {
    running.fleet.carryOut(
        FakeNetwork.model("line-1", new FakeNetwork()), new Verdict.Promote("test"));
    running.postFiles("/v1/score", TestImages.white());
    running.get("/patients/jane-doe");

    String metrics = running.get("/metrics").body();

    assertThat(metrics)
        .contains("radstream_http_requests_seconds_bucket{")
        .contains("method=\"POST\",route=\"/v1/score\",status=\"200\"")
        .contains("route=\"unmatched\",status=\"404\"")
        .contains("radstream_batch_size_bucket")
        .contains("radstream_queue_depth 0.0")
        .doesNotContain("jane");
    assertThat(running.api.scoringRequests()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html, Radstream",
    "/assets/page.css, text/css, color-scheme",
    "/assets/viewer.css, text/css, stage",
    "/assets/page.js, text/javascript, showModels",
    "/assets/strings.js, text/javascript, Hallazgos",
    "/assets/access.js, text/javascript, Authorization",
    "/assets/chart.js, text/javascript, uPlot",
    "/assets/uPlot.iife.min.js, text/javascript, uPlot",
    "/assets/uPlot.min.css, text/css, uplot",
    "/assets/favicon.svg, image/svg+xml, svg",
    "/openapi.yaml, application/yaml, openapi: 3.1",
  })
  void shouldServeThePageAndItsParts(String path, String mediaType, String content) {
    HttpResponse<String> response = running.get(path);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(mediaType);
    assertThat(response.body()).contains(content);
  }

  @Test
  void shouldNameOnlyPartsOfThePageThatExist() {
    String page = running.get("/").body();
    List<String> parts =
        java.util.regex.Pattern.compile("\"(/[a-zA-Z][^\"]*)\"")
            .matcher(page)
            .results()
            .map(found -> found.group(1))
            .toList();

    assertThat(parts).hasSizeGreaterThan(4);
    assertThat(parts).allSatisfy(p -> assertThat(running.get(p).statusCode()).isEqualTo(200));
  }

  @ParameterizedTest
  @CsvSource({"/nothing", "/v1", "/assets/..%2Fopenapi.yaml", "/assets/none.js", "/v1/score/1"})
  void shouldSayThatNothingIsAtAnUnknownPath(String path) {
    HttpResponse<String> response = running.get(path);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).hasValue(Problem.MEDIA_TYPE);
    assertThat(json(response).at("/code").asText()).isEqualTo("not_found");
  }

  @Test
  void shouldNameTheMethodsOfAPath() {
    HttpResponse<String> get = running.get("/v1/score");
    HttpResponse<String> post =
        running.send(running.request("/v1/models").POST(BodyPublishers.ofString("x")).build());

    assertThat(List.of(get.statusCode(), post.statusCode())).containsOnly(405);
    assertThat(get.headers().firstValue("Allow")).hasValue("POST");
    assertThat(post.headers().firstValue("Allow")).hasValue("GET");
    assertThat(json(get).at("/code").asText()).isEqualTo("method_not_allowed");
  }

  private static TrainingMetric metric(long step, Map<String, Double> values, Alarm... alarms) {
    return TrainingMetric.newBuilder()
        .setRunId("run")
        .setLine("line")
        .setStep(step)
        .setTime(Instant.EPOCH)
        .setValues(values)
        .setAlarms(List.of(alarms))
        .build();
  }
}
