package io.radstream.producers.datasets;

import io.radstream.radiology.CounterRandom;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Some of a set's studies, all studies of whole patients. Patients are drawn one after the other
 * until there are enough studies; a larger sample of the same seed holds the smaller one.
 *
 * @param studies at least so many, where the set has them
 */
public record Sample(long studies, long seed) {

  private record Drawn(String patient, long place, long studies) {}

  public Sample {
    if (studies < 1) {
      throw new IllegalArgumentException("a sample has at least 1 study");
    }
  }

  /** Those of the list that are drawn, in the list's order. */
  <T> List<T> of(List<T> list, Function<T, String> patient) {
    Map<String, Long> counts = new LinkedHashMap<>();
    list.forEach(study -> counts.merge(patient.apply(study), 1L, Long::sum));
    List<Drawn> order =
        counts.entrySet().stream()
            .map(it -> new Drawn(it.getKey(), place(it.getKey()), it.getValue()))
            .sorted(Comparator.comparingLong(Drawn::place).thenComparing(Drawn::patient))
            .toList();
    Set<String> chosen = new HashSet<>();
    long sum = 0;
    for (Drawn drawn : order) {
      if (sum >= studies) {
        break;
      }
      chosen.add(drawn.patient());
      sum += drawn.studies();
    }
    return list.stream().filter(study -> chosen.contains(patient.apply(study))).toList();
  }

  /** By patient alone, so that it does not hang on who else is in the set. */
  private long place(String patient) {
    return CounterRandom.of(seed, patient).nextLong();
  }
}
