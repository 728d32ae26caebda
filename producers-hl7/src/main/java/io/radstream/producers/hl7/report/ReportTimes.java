package io.radstream.producers.hl7.report;

import io.radstream.producers.hl7.message.Hl7Message;
import io.radstream.producers.hl7.message.Hl7Segment;
import io.radstream.producers.hl7.message.Hl7Time;
import io.radstream.producers.reports.ReportVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a report was written: the result's time (OBR-22), else the newest of its observations
 * (OBX-14), else the message's (MSH-7). A bare date counts only where nothing says the time of day,
 * for a report may be corrected the day it is written.
 *
 * <p>A time more than a day after the message, or after now, is a mistake, as the year 2099 where a
 * system knows none. It is passed over, since every later version would seem older than it.
 *
 * @param zone of times that name none
 */
record ReportTimes(ZoneId zone, InstantSource clock) {

  private static final Duration TOLERATED = Duration.ofDays(1);

  /**
   * Seconds since 2000, from 1; 1 as well where no time is known, and the present where none can be
   * believed.
   */
  int version(List<Order> orders, Hl7Message message) {
    Instant now = clock.instant();
    List<Hl7Time> sent = times(Stream.of(message.first().value(7)));
    Instant limit =
        sent.stream().map(Hl7Time::instant).filter(now::isAfter).findFirst().orElse(now);
    Instant last = limit.plus(TOLERATED);
    List<List<Hl7Time>> all =
        List.of(
            times(orders.stream().map(order -> order.value("OBR", 22))),
            times(
                orders.stream()
                    .flatMap(order -> order.all("OBX"))
                    .map((Hl7Segment observation) -> observation.value(14))),
            sent);
    List<Hl7Time> believed =
        all.stream().map(times -> newest(times, last)).flatMap(Optional::stream).toList();
    if (believed.isEmpty() && all.stream().anyMatch(times -> !times.isEmpty())) {
      return ReportVersion.of(now);
    }
    return believed.stream()
        .filter(Hl7Time::ofDay)
        .findFirst()
        .or(() -> believed.stream().findFirst())
        .map(time -> ReportVersion.of(time.instant()))
        .orElse(ReportVersion.UNKNOWN);
  }

  private List<Hl7Time> times(Stream<String> texts) {
    return texts.map(text -> Hl7Time.of(text, zone)).flatMap(Optional::stream).toList();
  }

  private static Optional<Hl7Time> newest(List<Hl7Time> times, Instant last) {
    return times.stream()
        .filter(time -> !time.instant().isAfter(last))
        .max(Comparator.comparing(Hl7Time::ofDay).thenComparing(Hl7Time::instant));
  }
}
