package io.radstream.cli.demo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.producers.phantom.PhantomGenerator;
import java.net.URI;
import org.junit.jupiter.api.Test;

class SteadyRequestsTest {

  @Test
  void shouldTellThatItHasEndedByItself() {
    // No request can be made for such an address: not an answer that fails, but no answer.
    ScoreClient client = new ScoreClient(URI.create("nowhere"));
    HeldOut studies = new HeldOut(new PhantomGenerator(48, 2), 1, 0, 1);

    SteadyRequests requests = SteadyRequests.start(client, studies);
    requests.close();

    assertThatThrownBy(requests::requireUnharmed)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("thread demo-client ended by itself")
        .hasCauseInstanceOf(IllegalArgumentException.class);
  }
}
