package io.radstream.producers.hl7.report;

import io.radstream.producers.hl7.message.Hl7Message;
import io.radstream.producers.hl7.message.Hl7Segment;
import io.radstream.producers.hl7.message.Hl7Time;
import io.radstream.producers.reports.ReportTime;
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
   * Where no time can be read or believed, it is as new as its arrival.
   *
   * @param digest of the message's bytes, by which it is known when it comes again
   */
  ReportTime of(List<Order> orders, Hl7Message message, String digest) {
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
    return believed.stream()
        .filter(Hl7Time::ofDay)
        .findFirst()
        .or(() -> believed.stream().findFirst())
        .map(time -> ReportTime.told(time.instant()))
        .orElseGet(() -> ReportTime.untold(now, digest));
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
