package io.radstream.producers.hl7.report;

import io.radstream.producers.hl7.message.Hl7Message;
import io.radstream.producers.hl7.message.Hl7Segment;
import io.radstream.producers.hl7.message.Hl7Time;
import io.radstream.producers.reports.ReportVersion;
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
 * @param zone of times that name none
 */
record ReportTimes(ZoneId zone) {

  /** Seconds since 2000, from 1; 1 as well where no time is known. */
  int version(List<Order> orders, Hl7Message message) {
    List<Hl7Time> times =
        Stream.of(
                newest(orders.stream().map(order -> order.value("OBR", 22))),
                newest(
                    orders.stream()
                        .flatMap(order -> order.all("OBX"))
                        .map((Hl7Segment observation) -> observation.value(14))),
                newest(Stream.of(message.first().value(7))))
            .flatMap(Optional::stream)
            .toList();
    return times.stream()
        .filter(Hl7Time::ofDay)
        .findFirst()
        .or(() -> times.stream().findFirst())
        .map(time -> ReportVersion.of(time.instant()))
        .orElse(ReportVersion.UNKNOWN);
  }

  private Optional<Hl7Time> newest(Stream<String> texts) {
    return texts
        .map(text -> Hl7Time.of(text, zone))
        .flatMap(Optional::stream)
        .max(Comparator.comparing(Hl7Time::ofDay).thenComparing(Hl7Time::instant));
  }
}
