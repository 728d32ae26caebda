package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.trace.Tracing;
import io.radstream.serving.ListenConfig;
import io.radstream.serving.ScoringService;
import io.radstream.serving.ServingConfig;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

/** A scoring service with a live checkpoint, on a port that is free, and what it answers. */
final class LiveService {

  private static final Duration LOADING = Duration.ofMinutes(4);

  private LiveService() {}

  static ScoringService start(KafkaConnection connection, ServingConfig config) throws Exception {
    return start(connection, config, Tracing.off());
  }

  static ScoringService start(KafkaConnection connection, ServingConfig config, Tracing tracing)
      throws Exception {
    ScoringService service =
        ScoringService.start(
            connection,
            config.withListen(ListenConfig.DEFAULT.withPort(0)),
            ComputeDevice.best(),
            InstantSource.system(),
            tracing);
    assertThat(service.awaitReady(LOADING)).isTrue();
    return service;
  }

  /** What a study is scored with. */
  static JsonNode score(ScoringService service, byte[]... views) throws Exception {
    return new ObjectMapper().readTree(text(study(service, "/v1/score", views)));
  }

  /** A request with a study. */
  static HttpRequest.Builder study(ScoringService service, String path, byte[]... views) {
    String images =
        Arrays.stream(views)
            .map(Base64.getEncoder()::encodeToString)
            .map("{\"image\":\"%s\"}"::formatted)
            .collect(Collectors.joining(","));
    return HttpRequest.newBuilder(service.uri().resolve(path))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{\"views\":[%s]}".formatted(images)));
  }

  /** The body of an answer, which has to be a good one. */
  static String text(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).describedAs(response.body()).isEqualTo(200);
    return response.body();
  }
}
