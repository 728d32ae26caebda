package io.radstream.trainer.ranks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GraceTest {

  private static final Duration LONG = Duration.ofHours(1);

  private final CountDownLatch stuck = new CountDownLatch(1);

  @Test
  void shouldCutOffWhatWaitsForOneThatHasGone() throws Exception {
    try (Grace grace = new Grace(Duration.ofMillis(1), stuck::countDown)) {
      grace.enter();

      grace.begin();

      assertThat(stuck.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void shouldCutOffWhatWaitsOnlyThen() throws Exception {
    try (Grace grace = new Grace(Duration.ofMillis(1), stuck::countDown)) {
      grace.begin();

      grace.enter();

      assertThat(stuck.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void shouldLetWhatWaitsForNobodyTakeItsTime() throws Exception {
    try (Grace grace = new Grace(Duration.ofMillis(1), stuck::countDown)) {
      grace.enter();
      grace.leave();

      grace.begin();

      assertThat(stuck.await(100, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  @Test
  void shouldNotCutOffWhatIsBeingWritten() throws Exception {
    try (Grace grace = new Grace(Duration.ofMillis(1), stuck::countDown)) {
      grace.enter();
      grace.hold();

      grace.begin();

      assertThat(stuck.await(100, TimeUnit.MILLISECONDS)).isFalse();
      grace.release();
      assertThat(stuck.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void shouldNotCutOffWithinItsTime() throws Exception {
    try (Grace grace = new Grace(LONG, stuck::countDown)) {
      grace.enter();

      grace.begin();

      assertThat(stuck.await(100, TimeUnit.MILLISECONDS)).isFalse();
    }
  }
}
