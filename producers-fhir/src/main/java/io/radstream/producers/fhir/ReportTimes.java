package io.radstream.producers.fhir;

import io.radstream.producers.reports.ReportVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DiagnosticReport;

/**
 * When a report was written: its own time (issued), else when the server took it (lastUpdated),
 * else when the examination was.
 *
 * <p>A time more than a day after the server took it, or after now, is a mistake, as the year 2206.
 * It is passed over, since every later version would seem older than it.
 */
record ReportTimes(InstantSource clock) {

  private static final Duration TOLERATED = Duration.ofDays(1);

  /**
   * Seconds since 2000, from 1; 1 as well where no time is known, and the present where none can be
   * believed.
   */
  int version(DiagnosticReport report) {
    Instant now = clock.instant();
    Date taken = report.getMeta().getLastUpdated();
    Date examined =
        report.hasEffectiveDateTimeType() ? report.getEffectiveDateTimeType().getValue() : null;
    List<Instant> told =
        Stream.of(report.getIssued(), taken, examined)
            .filter(Objects::nonNull)
            .map(Date::toInstant)
            .toList();
    if (told.isEmpty()) {
      return ReportVersion.UNKNOWN;
    }
    Instant last =
        Optional.ofNullable(taken)
            .map(Date::toInstant)
            .filter(now::isAfter)
            .orElse(now)
            .plus(TOLERATED);
    return ReportVersion.of(
        told.stream().filter(time -> !time.isAfter(last)).findFirst().orElse(now));
  }
}
