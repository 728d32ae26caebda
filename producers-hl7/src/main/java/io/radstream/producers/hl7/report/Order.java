package io.radstream.producers.hl7.report;

import io.radstream.producers.hl7.message.Hl7Segment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One order's part of a message.
 *
 * @param segments ORC, OBR, and what belongs to them, in their order
 */
record Order(List<Hl7Segment> segments) {

  Order {
    segments = List.copyOf(segments);
  }

  Optional<Hl7Segment> first(String name) {
    return all(name).findFirst();
  }

  Stream<Hl7Segment> all(String name) {
    return segments.stream().filter(segment -> segment.name().equals(name));
  }

  /** A field's first component, of the first such segment; empty where there is none. */
  String value(String name, int field) {
    return first(name).map(segment -> segment.value(field)).orElse("");
  }

  List<Hl7Segment> observations() {
    return all("OBX").toList();
  }
}
