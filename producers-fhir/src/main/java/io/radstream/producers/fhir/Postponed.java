package io.radstream.producers.fhir;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reports that cannot be read for now, since something that they refer to cannot, and since when.
 * For one thread.
 */
final class Postponed {

  /** Long enough for somebody to see it and to mend it. */
  static final Duration PATIENCE = Duration.ofDays(1);

  private static final int MOST = 10_000;

  private final Map<Revision, Instant> since = new LinkedHashMap<>();

  /**
   * Counts a try in vain.
   *
   * @return whether it was tried for long enough
   */
  boolean isHopeless(Revision revision, Instant now) {
    Instant first = since.computeIfAbsent(revision, it -> now);
    if (since.size() > MOST) {
      since.remove(since.keySet().iterator().next());
    }
    boolean hopeless = !now.isBefore(first.plus(PATIENCE));
    if (hopeless) {
      since.remove(revision);
    }
    return hopeless;
  }
}
