package io.radstream.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTest {

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "200, 1", "1000, 1", "1001, 2", "9600, 10", "60000, 60"})
  void shouldNotCallClientsBackTooSoon(long waitMillis, long seconds) {
    Problem problem =
        Problem.tryAgain(
            HttpResponseStatus.TOO_MANY_REQUESTS,
            "too_many_requests",
            "less often",
            Duration.ofMillis(waitMillis));

    Long told = problem.retryAfterSeconds();

    assertThat(told).isEqualTo(seconds);
  }
}
