package io.radstream.producers.reports;

import io.radstream.producers.publish.Pseudonymizer;
import java.time.Duration;
import java.time.Instant;

/** Numbers a report's versions by its own time, so that an older one that comes late is known. */
public final class ReportVersion {

  /** Of a report that is older than all that can be told, or of which no time is known. */
  public static final int UNKNOWN = Pseudonymizer.NO_TIME;

  private static final Instant BEGIN = Instant.parse("2000-01-01T00:00:00Z");

  private ReportVersion() {}

  /** Seconds since 2000 in UTC, from 1 to the largest number that there is. */
  public static int of(Instant time) {
    long seconds = Duration.between(BEGIN, time).toSeconds();
    return (int) Math.max(UNKNOWN, Math.min(Integer.MAX_VALUE, seconds));
  }
}
