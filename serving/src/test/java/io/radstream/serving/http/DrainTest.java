package io.radstream.serving.http;

import static io.radstream.serving.http.RunningApi.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.TestImages;
import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DrainTest {

  private static final DrainLimits LONG = new DrainLimits(Duration.ZERO, Duration.ofMinutes(5));

  private final FakeNetwork network = new FakeNetwork();
  private final List<String> told = new ArrayList<>();

  @TempDir private Path uploads;
  private RunningApi running;

  @BeforeEach
  void start() {
    running = ApiSetup.in(uploads).start("line-000000007", network);
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void shouldNotBeReadyBeforeItsPortCloses() {
    List<HttpResponse<String>> answers = new ArrayList<>();

    running.drain(
        new DrainLimits(Duration.ofMillis(1), Duration.ofMinutes(5)),
        line -> {
          told.add(line);
          if (told.size() == 1) {
            answers.add(running.get("/health/ready"));
            answers.add(running.get("/v2/health/ready"));
            answers.add(running.get("/health/live"));
            answers.add(running.postFiles("/v1/score", TestImages.white()));
          }
        });

    assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(503, 503, 200, 200);
    assertThat(json(answers.get(0)).at("/code").asText()).isEqualTo("stopping");
    assertThat(json(answers.get(1)).at("/error").asText()).contains("stopping");
    assertThat(answers)
        .allSatisfy(
            answer -> assertThat(answer.headers().firstValue("Connection")).hasValue("close"));
    assertThat(told)
        .hasSize(2)
        .first()
        .isEqualTo("stopping: not ready any more, the port closes in 0.001 s");
  }

  @Test
  void shouldAnswerWhatIsInFlightAndTakeNoMore() throws Exception {
    CountDownLatch gate = network.shut();
    CompletableFuture<HttpResponse<String>> inFlight =
        running.sendAsync(running.files("/v1/score", TestImages.white()));
    network.awaitEntered();

    running.drain(
        LONG,
        line -> {
          told.add(line);
          awaitClosedPort();
          gate.countDown();
        });

    assertThat(told).containsExactly("stopping: requests in flight: 1");
    assertThat(inFlight.join().statusCode()).isEqualTo(200);
    assertThat(inFlight.join().headers().firstValue("Connection")).hasValue("close");
  }

  @Test
  void shouldCloseConnectionsThatWaitForAnotherRequest() throws IOException {
    try (RawConnection connection = running.connect()) {
      connection.send("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
      connection.readUntil("}");

      running.drain(LONG, told::add);

      assertThat(connection.readToEnd()).isEmpty();
    }
  }

  @Test
  void shouldEndStreamsOfEvents() {
    Stream<String> lines = running.events();

    running.drain(LONG, told::add);

    try (lines) {
      assertThat(lines).contains("event: models");
    }
    assertThat(told).noneMatch(line -> line.contains("cut off"));
  }

  @Test
  void shouldCutOffWhatDoesNotEndInTime() throws Exception {
    CountDownLatch gate = network.shut();
    CompletableFuture<HttpResponse<String>> endless =
        running.sendAsync(running.files("/v1/score", TestImages.white()));
    network.awaitEntered();

    running.drain(new DrainLimits(Duration.ZERO, Duration.ofMillis(20)), told::add);

    assertThatThrownBy(endless::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(IOException.class);
    assertThat(told).last().isEqualTo("stopping: requests cut off after 0.02 s: 1");
    gate.countDown();
  }

  /** Refused, or reset where the port closes just then. */
  private void awaitClosedPort() {
    while (true) {
      try {
        running.connect().close();
      } catch (SocketException e) {
        return;
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
