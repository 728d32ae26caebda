package io.radstream.serving.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.serving.access.AccessConfig;
import io.radstream.serving.access.Neighbours;
import io.radstream.serving.checkpoint.CheckpointCatalog;
import io.radstream.serving.checkpoint.CheckpointSpans;
import io.radstream.serving.checkpoint.KeptFleet;
import io.radstream.serving.compare.Comparisons;
import io.radstream.serving.decisions.DecisionLog;
import io.radstream.serving.decisions.LocalTopic;
import io.radstream.serving.explain.StudyExplainer;
import io.radstream.serving.fleet.JudgedFleet;
import io.radstream.serving.follow.FollowedTopics;
import io.radstream.serving.receipt.Receipts;
import io.radstream.serving.receipt.ScoringMeans;
import io.radstream.serving.score.StudyScorer;
import io.radstream.serving.training.TrainingHistory;
import io.radstream.serving.write.ReportWriter;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The HTTP side on a free loopback port, without Kafka, and a client for it. */
final class RunningApi implements AutoCloseable {

  static final long MAX_BODY_BYTES = 1 << 20;

  /** Known by the name that raw requests here are for. */
  static final AccessConfig OPEN =
      AccessConfig.open().withNeighbours(new Neighbours(Set.of("a"), Set.of()));

  private static final String BOUNDARY = "a-boundary";
  private static final ObjectMapper JSON = new ObjectMapper();

  final JudgedFleet fleet = new JudgedFleet(false);
  final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final FollowedTopics followed = new FollowedTopics(meters);
  final Comparisons comparisons = new Comparisons(() -> Instant.EPOCH);
  final CheckpointCatalog catalog;
  final TrainingHistory history;
  final HttpApi api;

  private final Vertx vertx = Vertx.vertx();
  final LocalTopic decisions = new LocalTopic();
  final DecisionLog log = decisions.read("test", meters);
  final LiveEvents events = new LiveEvents(vertx, fleet.models(), log);
  final KeptFleet kept;
  private final ExecutorService loading = Executors.newSingleThreadExecutor();
  final Doors doors;
  private final StudyScorer scorer;
  private final StudyExplainer explainer;
  private final ReportWriter writer;
  private final HttpService service;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  RunningApi(ApiSetup setup) {
    this.catalog = new CheckpointCatalog(events::changed);
    this.kept =
        KeptFleet.of(
            "here",
            setup.parts,
            fleet.models(),
            catalog,
            log,
            InstantSource.system(),
            meters,
            loading);
    this.history = new TrainingHistory(Optional.empty(), events, meters);
    this.scorer = new StudyScorer(fleet, setup.batches, meters, comparisons);
    this.explainer = new StudyExplainer(fleet, StudyExplainer.MOST_WAITING);
    this.writer = new ReportWriter(fleet, setup.writing, meters);
    try {
      this.doors = Doors.open(vertx, setup.access, "127.0.0.1", meters, InstantSource.system());
      this.api =
          new HttpApi(
              new HttpApi.Sources(
                  scorer,
                  explainer,
                  writer,
                  setup.findings,
                  fleet.models(),
                  catalog,
                  new ModelControl(log, kept.commands()::carryOut, setup.patience),
                  history,
                  events,
                  followed,
                  comparisons,
                  new Receipts(
                      new ScoringMeans(
                          Precision.FLOAT32, ComputeDevice.Kind.CPU, 2, "no engine", "a test"),
                      setup.findings,
                      setup.receiptKey,
                      () -> Instant.EPOCH),
                  setup.search(fleet.models(), meters),
                  setup.worklist(comparisons::all, meters),
                  meters),
              MAX_BODY_BYTES,
              setup.requests,
              doors,
              new RequestSpans(
                  setup.tracing,
                  new CheckpointSpans(setup.tracing, "here"),
                  InstantSource.system(),
                  "here",
                  doors.askWho()));
      this.service = HttpService.start(vertx, api, "127.0.0.1", 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path));
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<byte[]> sendForBytes(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest request) {
    return client.sendAsync(request, BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) {
    return send(request(path).build());
  }

  HttpResponse<String> postJson(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  HttpResponse<String> postFiles(String path, byte[]... files) {
    return send(files(path, files));
  }

  /** Every file as a part of its own, named image0.png, image1.png, ... whatever it holds. */
  HttpRequest files(String path, byte[]... files) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < files.length; i++) {
      String head =
          """
          --%s
          Content-Disposition: form-data; name="field%d"; filename="image%d.png"
          Content-Type: image/png

          """;
      write(body, head.formatted(BOUNDARY, i, i).replace("\n", "\r\n"));
      body.writeBytes(files[i]);
      write(body, "\r\n");
    }
    write(body, "--" + BOUNDARY + "--\r\n");
    return request(path)
        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
        .POST(BodyPublishers.ofByteArray(body.toByteArray()))
        .build();
  }

  private static void write(ByteArrayOutputStream body, String text) {
    body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  int port() {
    return service.port();
  }

  RawConnection connect() throws IOException {
    return new RawConnection(service.port());
  }

  /** Opens the events and gives the lines as they come. */
  java.util.stream.Stream<String> events() {
    try {
      return client.send(request("/v1/events").build(), BodyHandlers.ofLines()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(HttpResponse<String> response) {
    return json(response.body());
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> codes(List<HttpResponse<String>> responses) {
    return responses.stream().map(response -> json(response).path("code").asText()).toList();
  }

  void drain(DrainLimits limits, java.util.function.Consumer<String> tell) {
    service.drain(limits, events::close, tell);
  }

  @Override
  public void close() {
    followed.close();
    events.close();
    service.close();
    loading.shutdownNow();
    doors.close();
    scorer.close();
    explainer.close();
    writer.close();
    fleet.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
