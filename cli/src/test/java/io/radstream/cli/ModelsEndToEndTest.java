package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.cli.metrics.ResultsMeters;
import io.radstream.cli.metrics.StageMeters;
import io.radstream.producers.asking.GrowingPauses;
import io.radstream.producers.crosswalk.CrosswalkReader;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.results.delivery.Begin;
import io.radstream.results.delivery.Delivery;
import io.radstream.results.delivery.Withdrawals;
import io.radstream.results.fhir.FhirFolder;
import io.radstream.results.fhir.FhirNames;
import io.radstream.schemas.KafkaConnection;
import io.radstream.serving.AnswerConfig;
import io.radstream.serving.ScoringService;
import io.radstream.serving.ServingConfig;
import io.radstream.serving.access.AccessConfig;
import io.radstream.serving.http.Doors;
import io.radstream.serving.receipt.ReceiptKey;
import io.radstream.serving.score.FindingSet;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.PromptSet;
import io.radstream.streams.StageStatus;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final Pattern NEWEST =
      Pattern.compile("(?m)^radstream_freshness_newest_arrival_timestamp_seconds ([0-9.E]+)$");

  private static double began;

  @TempDir private static Path folder;
  private static Path tokenizer;

  @BeforeAll
  static void train(KafkaConnection connection) throws Exception {
    began = Instant.now().getEpochSecond();
    Invocation.on(connection, "publish", "synthetic", "--studies=24", "--view-size=64").json();
    tokenizer = StagedStudies.in(folder, connection);
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
    return start(connection, Map.of());
  }

  private static ScoringService start(KafkaConnection connection, Map<String, FindingSet> named)
      throws Exception {
    return LiveService.start(
        connection, served().withAnswers(AnswerConfig.DEFAULT.withModels(named)));
  }

  private static ServingConfig served() {
    return ServingConfig.of(folder.resolve("store")).withArrivals(true);
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
      Moment.pass();
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

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldScoreSetsOfFindingsByWhatItHasLoaded(KafkaConnection connection) throws Exception {
    FindingSet night = new FindingSet.Prompted(PromptSet.builtIn());

    try (ScoringService service = start(connection, Map.of("night", night))) {
      assertThat(get(service.uri().resolve("/v2/models/night/ready"))).contains("\"ready\":true");
    }
  }

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldVerifyItsReceipts(KafkaConnection connection, @TempDir Path kept) throws Exception {
    Path frontal = Files.write(kept.resolve("frontal.png"), LabelledPanel.picture(1));
    Path lateral = Files.write(kept.resolve("lateral.png"), LabelledPanel.picture(2));
    Path key = kept.resolve("receipts.key");
    Invocation.of("key", "receipt", key.toString());
    Path answer = kept.resolve("answer.json");
    AnswerConfig signed = AnswerConfig.DEFAULT.withReceiptKey(ReceiptKey.read(key));
    try (ScoringService service = LiveService.start(connection, served().withAnswers(signed))) {
      Files.writeString(
          answer,
          LiveService.text(
              LiveService.study(
                  service,
                  "/v1/score?receipt=true",
                  Files.readAllBytes(frontal),
                  Files.readAllBytes(lateral))));
    }

    assertThat(
            new ObjectMapper()
                .readTree(answer.toFile())
                .at("/receipt/payload/checkpoint/positions"))
        .isNotEmpty();

    Invocation verified = verify(answer, key + ".pub", lateral, frontal);

    assertThat(verified.json().at("/outcome").asText()).isEqualTo("reproduced");
    assertThat(verified.json().at("/not_checked")).isEmpty();
    assertThat(verified.out()).contains("Scored again with the same outcome.");
    Files.writeString(
        answer, Files.readString(answer).replaceFirst("\"runId\":\"", "\"runId\":\"x"));
    Invocation tampered = verify(answer, key + ".pub", lateral, frontal);
    assertThat(tampered.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(tampered.out()).contains("Wrong: signature, run.");
  }

  private static Invocation verify(Path answer, String key, Path... views) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "verify-receipt",
                answer.toString(),
                "--public-key=" + key,
                "--store=" + folder.resolve("store"),
                "--json"));
    for (Path view : views) {
      words.add(view.toString());
    }
    return Invocation.of(words.toArray(String[]::new));
  }

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldShowEveryMetricThatAlertsAndDashboardName(KafkaConnection connection)
      throws Exception {
    PrometheusMeterRegistry stage = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    StageMeters meters = new StageMeters(() -> new StageStatus(true, 0, 0, 0, 0, 0), stage);
    meters.lag(0);
    showCertificate(stage);
    String results = scrapeOfResults(connection);
    try (ScoringService service = start(connection)) {
      assertThat(scrape(service)).contains("radstream_model_step");
      String served = scrape(service);
      while (!NEWEST.matcher(served).find()) {
        served = scrape(service);
      }

      Set<String> named = MonitoringFiles.read().metrics();

      Set<String> shown = new HashSet<>();
      (served + stage.scrape() + results)
          .lines()
          .map(line -> line.split("[{ ]", 2)[0])
          .forEach(shown::add);
      assertThat(shown).containsAll(named);
      assertThat(seconds(served)).isBetween(began, (double) Instant.now().getEpochSecond());
      likedByPrometheus(served);
      likedByPrometheus(stage.scrape());
      likedByPrometheus(results);
    }
  }

  /** Where its tool is not installed, {@link PromtoolTest} says so. */
  private static void likedByPrometheus(String metrics) throws Exception {
    if (Promtool.installed().isPresent()) {
      Promtool.Verdict verdict = Promtool.installed().get().run(metrics, "check", "metrics");
      assertThat(verdict.exitCode()).as(verdict.said()).isZero();
    }
  }

  /** As a service does that has a certificate. */
  private static String scrapeOfResults(KafkaConnection connection) throws Exception {
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Path crosswalk = Files.createDirectory(folder.resolve("crosswalk"));
    try (CrosswalkReader studies = CrosswalkReader.open(crosswalk, Pseudonymizer.demo().key());
        Withdrawals withdrawals = Withdrawals.follow(connection);
        Delivery delivery =
            Delivery.of(
                connection,
                "scraped",
                Begin.NOW,
                new FhirFolder(folder.resolve("results"), FhirNames.NONE),
                studies,
                withdrawals,
                new GrowingPauses(Duration.ofSeconds(1), Duration.ofSeconds(1)))) {
      ResultsMeters.register(delivery, meters);
      return meters.scrape();
    }
  }

  private static void showCertificate(PrometheusMeterRegistry meters) throws Exception {
    AccessConfig access = AccessConfig.open().withTls(SelfSigned.in(folder));
    Vertx vertx = Vertx.vertx();
    try (Doors doors = Doors.open(vertx, access, "127.0.0.1", meters, InstantSource.system())) {
      assertThat(doors.scheme()).isEqualTo("https");
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @Test
  @Timeout(120) // a hang must fail, not stall the build
  void shouldShowHowTheStageIsDoingWhereAsked(KafkaConnection connection) throws Exception {
    Process stage =
        CommandProcess.on(
                connection,
                "streams",
                "--tokenizer=" + tokenizer,
                "--state-dir=" + folder.resolve("other"),
                "--metrics-port=0")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader log = stage.errorReader(StandardCharsets.UTF_8)) {
      URI metrics = URI.create("http://127.0.0.1:" + metricsPort(log) + "/metrics");

      String shown = get(metrics);
      while (!shown.contains("radstream_stage_lag_records 0.0")) {
        shown = get(metrics);
      }

      assertThat(shown).contains("radstream_stage_running 1.0", "radstream_stage_records_total");
    } finally {
      stage.destroy();
      stage.waitFor();
    }
  }

  private static String metricsPort(BufferedReader log) throws IOException {
    Pattern told = Pattern.compile("metrics are at port=(\\d+)");
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      Matcher port = told.matcher(line);
      if (port.find()) {
        return port.group(1);
      }
    }
    throw new AssertionError("the stage does not tell its port");
  }

  private static double seconds(String served) {
    Matcher newest = NEWEST.matcher(served);
    assertThat(newest.find()).isTrue();
    return Double.parseDouble(newest.group(1));
  }

  private static String scrape(ScoringService service) throws Exception {
    return get(service.uri().resolve("/metrics"));
  }

  private static String get(URI uri) throws Exception {
    return LiveService.text(HttpRequest.newBuilder(uri));
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
