package io.radstream.serving.http;

import static io.radstream.serving.http.RunningApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.serving.score.BatchLimits;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.TestImages;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that wait behind others, for a while or not at all. */
@Timeout(60) // a hang must fail, not stall the build
class WaitingClientTest {

  private static final String SCORE = "/v1/score";

  @TempDir private Path uploads;
  private final FakeNetwork network = new FakeNetwork();
  private RunningApi running;

  @AfterEach
  void stop() {
    running.close();
  }

  private void start(BatchLimits limits) {
    running = ApiSetup.in(uploads).batches(limits).start("m", network);
  }

  private HttpRequest request(String timeout) {
    HttpRequest plain = running.files(SCORE, TestImages.white());
    return HttpRequest.newBuilder(plain, (name, value) -> true).header("timeout", timeout).build();
  }

  /** A study that is inside the network until the gate opens. */
  private CompletableFuture<HttpResponse<String>> inside() throws InterruptedException {
    CompletableFuture<HttpResponse<String>> inside =
        running.sendAsync(running.files(SCORE, TestImages.white()));
    network.awaitEntered();
    return inside;
  }

  private double inHand() {
    return running.meters.get("radstream.queue.depth").gauge().value();
  }

  private void awaitInHand(int studies) {
    while (inHand() != studies) {
      Moment.pass();
    }
  }

  private double count(String outcome) {
    return running
        .meters
        .get("radstream.scoring.studies")
        .tag("outcome", outcome)
        .counter()
        .count();
  }

  @Test
  void shouldTellThatTheTimeIsOverAndSpendNoPassOnIt() throws Exception {
    start(BatchLimits.DEFAULT);
    CountDownLatch gate = network.shut();
    CompletableFuture<HttpResponse<String>> inside = inside();

    HttpResponse<String> late = running.send(request("1ms"));

    gate.countDown();
    assertThat(late.statusCode()).isEqualTo(504);
    assertThat(json(late).at("/code").asText()).isEqualTo("deadline_exceeded");
    assertThat(inside.get().statusCode()).isEqualTo(200);
    assertThat(running.send(request("3600")).statusCode()).isEqualTo(200);
    assertThat(network.batches()).as("the trial study and two others").containsExactly(1, 1, 1);
    assertThat(count("expired")).isEqualTo(1);
  }

  @Test
  void shouldSpendNoPassOnAStudyWhoseClientHasGone() throws Exception {
    start(BatchLimits.DEFAULT);
    CountDownLatch gate = network.shut();
    CompletableFuture<HttpResponse<String>> inside = inside();
    try (RawConnection gone = running.connect()) {
      gone.send(rawRequest());
      awaitInHand(2);
    }

    awaitInHand(1);

    gate.countDown();
    assertThat(inside.get().statusCode()).isEqualTo(200);
    assertThat(count("cancelled")).isEqualTo(1);
    assertThat(network.batches()).containsExactly(1, 1);
  }

  private static String rawRequest() throws IOException {
    String image = Base64.getEncoder().encodeToString(TestImages.white());
    String body = "{\"views\":[{\"image\":\"" + image + "\"}]}";
    return "POST /v1/score HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        + "Content-Length: %d\r\n\r\n%s".formatted(body.length(), body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "0", "0ms", "-1", "1h", "1.5", "99999999999", ""})
  void shouldRefuseATimeThatIsNone(String timeout) {
    start(BatchLimits.DEFAULT);

    HttpResponse<String> response = running.send(request(timeout));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).at("/code").asText()).isEqualTo("bad_timeout");
  }

  @Test
  void shouldTellWhenToComeAgainWhereThereIsNoRoomForMoreBytes() throws Exception {
    start(new BatchLimits(1, Duration.ZERO, 9, 1));
    CountDownLatch gate = network.shut();
    CompletableFuture<HttpResponse<String>> inside = inside();

    HttpResponse<String> second = running.postFiles(SCORE, TestImages.white());

    gate.countDown();
    assertThat(second.statusCode()).isEqualTo(429);
    assertThat(second.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(json(second).at("/retryAfterSeconds").asLong()).isEqualTo(1);
    assertThat(json(second).at("/detail").asText()).contains("bytes of other studies");
    assertThat(inside.get().statusCode()).isEqualTo(200);
    assertThat(count("rejected")).isEqualTo(1);
  }
}
