package io.radstream.producers.hl7.report;

import io.radstream.producers.hl7.message.Hl7Message;
import io.radstream.producers.hl7.message.Hl7Segment;
import io.radstream.producers.hl7.message.Hl7Time;
import java.time.Duration;
import java.time.Instant;
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

  private static final Instant BEGIN = Instant.parse("2000-01-01T00:00:00Z");

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
        .map(ReportTimes::version)
        .orElse(1);
  }

  private Optional<Hl7Time> newest(Stream<String> texts) {
    return texts
        .map(text -> Hl7Time.of(text, zone))
        .flatMap(Optional::stream)
        .max(Comparator.comparing(Hl7Time::ofDay).thenComparing(Hl7Time::instant));
  }

  private static int version(Hl7Time time) {
    long seconds = Duration.between(BEGIN, time.instant()).toSeconds();
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, seconds));
  }
}
