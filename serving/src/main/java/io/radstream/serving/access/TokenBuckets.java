package io.radstream.serving.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Holds each client to a rate: a bucket that fills steadily, from which each request takes one. The
 * clients that asked last are remembered; who was forgotten begins with a full bucket, as whoever
 * has been silent for a while.
 */
public final class TokenBuckets {

  private static final double NANOS = 1e9;

  private static final class Bucket {
    private double tokens;
    private long at;
  }

  private final double perSecond;
  private final double most;
  private final LongSupplier nanos;
  private final Map<String, Bucket> buckets;

  /**
   * @param perSecond more than 0
   * @param clients that are remembered
   * @param nanos a clock that only goes forward
   */
  public TokenBuckets(double perSecond, int clients, LongSupplier nanos) {
    this(perSecond, Math.max(1, perSecond), clients, nanos);
  }

  /**
   * @param most that a bucket holds, 1 or more
   */
  TokenBuckets(double perSecond, double most, int clients, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.most = most;
    this.nanos = nanos;
    this.buckets =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > clients;
          }
        };
  }

  /** Takes one. Empty where there was one; otherwise how long it is until there will be. */
  public synchronized Optional<Duration> take(String client) {
    Bucket bucket = buckets.computeIfAbsent(client, unknown -> full(nanos.getAsLong()));
    Optional<Duration> wait = wait(bucket);
    if (wait.isEmpty()) {
      bucket.tokens--;
    }
    return wait;
  }

  /** Empty where {@link #take} would give one; otherwise how long it is until it will. */
  synchronized Optional<Duration> look(String client) {
    return Optional.ofNullable(buckets.get(client)).flatMap(this::wait);
  }

  private Optional<Duration> wait(Bucket bucket) {
    long now = nanos.getAsLong();
    bucket.tokens = Math.min(most, bucket.tokens + (now - bucket.at) / NANOS * perSecond);
    bucket.at = now;
    return bucket.tokens < 1
        ? Optional.of(Duration.ofNanos((long) Math.ceil((1 - bucket.tokens) / perSecond * NANOS)))
        : Optional.empty();
  }

  private Bucket full(long now) {
    Bucket bucket = new Bucket();
    bucket.tokens = most;
    bucket.at = now;
    return bucket;
  }
}
