package io.radstream.cli;

import io.radstream.trainer.traits.StudyPlace;
import io.radstream.trainer.traits.StudyTraits;
import io.radstream.trainer.traits.Trait;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where studies are and what they are like, without a name. */
record BisectedStudies(Map<StudyPlace, StudyTraits> studies) {

  /** Of the tuples, in each partition of each source. */
  List<Range> ranges() {
    Map<String, Range> ranges = new TreeMap<>();
    for (StudyPlace place : studies.keySet()) {
      int partition = place.ref().partition();
      Range one =
          new Range(place.source(), partition, place.ref().offset(), place.ref().offset(), 1);
      ranges.merge(place.source() + "/" + partition, one, Range::and);
    }
    return List.copyOf(ranges.values());
  }

  /** Values of each trait, and how many studies have them. */
  Map<String, Map<String, Integer>> counts() {
    Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
    for (Trait trait : Trait.values()) {
      Map<String, Integer> of = new TreeMap<>();
      for (StudyTraits study : studies.values()) {
        study.of(trait).forEach(value -> of.merge(value, 1, Integer::sum));
      }
      if (!of.isEmpty()) {
        counts.put(trait.label(), of);
      }
    }
    return counts;
  }

  /**
   * @param last inclusive
   */
  record Range(String source, int partition, long first, long last, int studies) {

    Range and(Range other) {
      return new Range(
          source,
          partition,
          Math.min(first, other.first),
          Math.max(last, other.last),
          studies + other.studies);
    }

    @Override
    public String toString() {
      return "%d to %d of partition %d, source %s: %d studies"
          .formatted(first, last, partition, source, studies);
    }
  }
}
