package io.radstream.producers.reports;

import java.time.Instant;
import java.util.Optional;

/**
 * When a report was written, as far as its source tells.
 *
 * @param version see {@link ReportVersion}
 * @param arrival names what came, so that the same is known when it comes again, where nothing
 *     tells when that was written: it is then newer than all that came before it, and the version
 *     is the best guess; empty where the version is the report's own time
 */
public record ReportTime(int version, Optional<String> arrival) {

  /** The report's own time. */
  public static ReportTime told(Instant time) {
    return new ReportTime(ReportVersion.of(time), Optional.empty());
  }

  /**
   * The source tells none.
   *
   * @param guess when it came, or a time that it was not written before
   * @param what a digest of what came, or its number
   */
  public static ReportTime untold(Instant guess, String what) {
    return new ReportTime(ReportVersion.of(guess), Optional.of(what));
  }

  boolean isTold() {
    return arrival.isEmpty();
  }
}
