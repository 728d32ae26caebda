package io.radstream.serving.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInLimitTest {

  private static final String HERE = "192.0.2.1";

  private final AtomicLong nanos = new AtomicLong();
  private final SignInLimit limit = new SignInLimit(3, nanos::get);

  private void fail(String address, int times) {
    for (int i = 0; i < times; i++) {
      limit.failed(address, "guess " + i);
    }
  }

  @Test
  void shouldHaveAnAddressWaitThatFailedTooOften() {
    fail(HERE, 3);

    assertThat(limit.mustWait(HERE, "another guess")).contains(Duration.ofSeconds(20));
    nanos.addAndGet(Duration.ofSeconds(20).toNanos());
    assertThat(limit.mustWait(HERE, "another guess")).isEmpty();
  }

  @Test
  void shouldLetInWhoWasKnownBefore() {
    limit.succeeded("a good key");

    fail(HERE, 10);

    assertThat(limit.mustWait(HERE, "a good key")).isEmpty();
    assertThat(limit.mustWait(HERE, "a guess")).isPresent();
  }

  @Test
  void shouldForgetAKeyThatIsNotKnownAnyMore() {
    limit.succeeded("a key");

    limit.failed(HERE, "a key");
    fail(HERE, 2);

    assertThat(limit.mustWait(HERE, "a key")).isPresent();
  }

  @Test
  void shouldLeaveOtherAddressesAlone() {
    fail(HERE, 10);

    assertThat(limit.mustWait("192.0.2.2", "a key")).isEmpty();
  }

  @Test
  void shouldTakeANetworkOfIpv6ForOneAddress() {
    fail("2001:db8:1:2:3::4", 3);

    assertThat(limit.mustWait("2001:db8:1:2:ffff::9", "a key")).isPresent();
    assertThat(limit.mustWait("2001:db8:1:3::4", "a key")).isEmpty();
  }

  @Test
  void shouldHaveNoLimitWhereNoneIsWanted() {
    SignInLimit none = new SignInLimit(0, nanos::get);
    for (int i = 0; i < 1_000; i++) {
      none.failed(HERE, "guess");
    }

    assertThat(none.mustWait(HERE, "guess")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "127.0.0.1, none, 127.0.0.1",
        "127.0.0.1, 192.0.2.7, 192.0.2.7",
        "127.0.0.1, '203.0.113.1, 192.0.2.7', 192.0.2.7",
        "::1, 192.0.2.7, 192.0.2.7",
        "192.0.2.9, 192.0.2.7, 192.0.2.9",
      })
  void shouldBelieveAProxyOfThisMachineOnly(String peer, String forwarded, String address) {
    assertThat(SignInLimit.address(peer, forwarded)).isEqualTo(address);
  }
}
