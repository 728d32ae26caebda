package io.radstream.producers.fhir;

import io.radstream.producers.reports.ReportTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Period;

/**
 * When a report was written: its own time (issued), else when the server took it (lastUpdated).
 * When the examination was (effective) does not tell which of two versions of its report is newer:
 * with no other time they are taken in the order in which they come.
 *
 * <p>A time more than a day after the server took it, or after now, is a mistake, as the year 2206.
 * It is passed over, since every later version would seem older than it.
 */
record ReportTimes(InstantSource clock) {

  private static final Duration TOLERATED = Duration.ofDays(1);

  /** Where no time can be read or believed, it is as new as its arrival. */
  ReportTime of(DiagnosticReport report) {
    Instant now = clock.instant();
    Date taken = report.getMeta().getLastUpdated();
    Instant last = instant(taken).filter(now::isAfter).orElse(now).plus(TOLERATED);
    return Stream.of(report.getIssued(), taken)
        .map(ReportTimes::instant)
        .flatMap(Optional::stream)
        .filter(time -> !time.isAfter(last))
        .findFirst()
        .map(ReportTime::told)
        .orElseGet(
            () -> {
              Optional<Instant> examined = examined(report).filter(time -> !time.isAfter(last));
              return ReportTime.untold(examined.orElse(now), state(report));
            });
  }

  private static Optional<Instant> examined(DiagnosticReport report) {
    if (report.hasEffectivePeriod()) {
      Period period = report.getEffectivePeriod();
      return instant(period.getEnd()).or(() -> instant(period.getStart()));
    }
    return report.hasEffectiveDateTimeType()
        ? instant(report.getEffectiveDateTimeType().getValue())
        : Optional.empty();
  }

  private static Optional<Instant> instant(Date date) {
    return Optional.ofNullable(date).map(Date::toInstant);
  }

  /** What tells it from others that say the same. */
  private static String state(DiagnosticReport report) {
    return String.join(
        " ",
        Objects.toString(report.getMeta().getVersionId(), ""),
        report.getStatusElement().getValueAsString());
  }
}
