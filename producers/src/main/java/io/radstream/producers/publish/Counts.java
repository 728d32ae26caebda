package io.radstream.producers.publish;

import io.radstream.producers.publish.Preparation.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What became of records, by what they are. Thread-safe. */
final class Counts {

  private final Map<Kind, Deliveries> deliveries = new EnumMap<>(Kind.class);

  Counts() {
    for (Kind kind : Kind.values()) {
      deliveries.put(kind, new Deliveries());
    }
  }

  Deliveries of(Kind kind) {
    return deliveries.get(kind);
  }

  /** The first few distinct reasons why deliveries failed. */
  List<String> failures() {
    return deliveries.values().stream().flatMap(it -> it.failures().stream()).distinct().toList();
  }

  boolean hopeless() {
    return deliveries.values().stream().anyMatch(Deliveries::hopeless);
  }
}
