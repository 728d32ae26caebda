package io.radstream.serving.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {

  private final AtomicLong nanos = new AtomicLong(-7);

  private TokenBuckets buckets(double perSecond, int clients) {
    return new TokenBuckets(perSecond, clients, nanos::get);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void shouldLetInASecondsWorthAtOnceAndThenTheRate() {
    TokenBuckets buckets = buckets(2, 10);

    assertThat(buckets.take("a")).isEmpty();
    assertThat(buckets.take("a")).isEmpty();
    assertThat(buckets.take("a")).contains(Duration.ofMillis(500));
    pass(Duration.ofMillis(300));
    assertThat(buckets.take("a")).contains(Duration.ofMillis(200));
    pass(Duration.ofMillis(200));
    assertThat(buckets.take("a")).isEmpty();
    pass(Duration.ofHours(1));
    assertThat(buckets.take("a")).isEmpty();
    assertThat(buckets.take("a")).isEmpty();
    assertThat(buckets.take("a")).isPresent();
  }

  @Test
  void shouldHaveOneSeldomAskToo() {
    TokenBuckets buckets = buckets(0.1, 10);

    assertThat(buckets.take("a")).isEmpty();
    assertThat(buckets.take("a")).contains(Duration.ofSeconds(10));
    assertThat(buckets.take("b")).isEmpty();
  }

  @Test
  void shouldForgetWhoAskedLongestAgo() {
    TokenBuckets buckets = buckets(1, 2);
    buckets.take("a");
    buckets.take("b");
    buckets.take("a");
    buckets.take("c");

    assertThat(buckets.take("a")).isPresent();
    assertThat(buckets.take("b")).isEmpty();
  }
}
