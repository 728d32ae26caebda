package io.radstream.tracking;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Figures of a run at a step, or some of them.
 *
 * @param line model line
 * @param values by name; those that are no number are left out
 */
public record RunFigures(
    String line, String run, long step, Instant time, SortedMap<String, Double> values) {

  public RunFigures {
    SortedMap<String, Double> finite = new TreeMap<>();
    values.forEach(
        (name, value) -> {
          if (Double.isFinite(value)) {
            finite.put(name, value);
          }
        });
    values = java.util.Collections.unmodifiableSortedMap(finite);
  }

  public RunFigures(String line, String run, long step, Instant time, Map<String, Double> values) {
    this(line, run, step, time, new TreeMap<>(values));
  }
}
