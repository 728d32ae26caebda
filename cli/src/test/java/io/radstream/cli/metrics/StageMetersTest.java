package io.radstream.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.radstream.streams.StageStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StageMetersTest {

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicReference<StageStatus> status =
      new AtomicReference<>(new StageStatus(true, 0, 0, 0, 0, 0));
  private final StageMeters stage = new StageMeters(status::get, meters);

  @Test
  void shouldTellHowTheStageIsDoingNow() throws Exception {
    try (MetricsPort port = MetricsPort.open("127.0.0.1", 0, meters)) {
      status.set(new StageStatus(true, 10, 4, 2, 3, 1));
      stage.lag(7);

      HttpResponse<String> answer = ask(port, "GET", "/metrics");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body().lines())
          .contains(
              "radstream_stage_records_total 10.0",
              "radstream_stage_tuples_total 4.0",
              "radstream_stage_rejections_total 2.0",
              "radstream_stage_given_up_parts_total 1.0",
              "radstream_stage_waiting_parts 3.0",
              "radstream_stage_running 1.0",
              "radstream_stage_lag_records 7.0");
    }
  }

  @Test
  void shouldAnswerNothingElse() throws Exception {
    try (MetricsPort port = MetricsPort.open("127.0.0.1", 0, meters)) {
      assertThat(ask(port, "GET", "/").statusCode()).isEqualTo(404);
      assertThat(ask(port, "GET", "/metrics/../x").statusCode()).isEqualTo(404);
      assertThat(ask(port, "POST", "/metrics").statusCode()).isEqualTo(405);
    }
  }

  @Test
  void shouldSayWhereItCannotListen() throws Exception {
    try (MetricsPort port = MetricsPort.open("127.0.0.1", 0, meters)) {
      assertThatThrownBy(() -> MetricsPort.open("127.0.0.1", port.port(), meters))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1 port " + port.port());
    }
  }

  private static HttpResponse<String> ask(MetricsPort port, String method, String path)
      throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port.port() + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}
