package io.radstream.producers.datasets;

import io.radstream.producers.datasets.StudyList.Entry;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Labels of a set that lists, of each study, all findings that there are. What is listed is there;
 * what is not, is not: but of hundreds of rare findings that would fill every record, so that it is
 * said of common ones only.
 */
final class PresentFindings {

  /** A finding is common if one of so many studies has it. */
  private static final int COMMON = 200;

  private record Listed(Set<String> findings, boolean complete) {}

  private final Map<String, Listed> studies = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<Set<String>, Set<String>> shared = new HashMap<>();

  /**
   * @param complete whether what is not listed is not there
   */
  void add(String study, Set<String> findings, boolean complete) {
    Listed known = studies.get(study);
    Set<String> all = new LinkedHashSet<>(findings);
    if (known != null) {
      all.addAll(known.findings());
    }
    Set<String> once = shared.computeIfAbsent(Set.copyOf(all), it -> it);
    studies.put(study, new Listed(once, complete && (known == null || known.complete())));
  }

  void label(StudyList list) {
    studies
        .values()
        .forEach(it -> it.findings().forEach(name -> counts.merge(name, 1, Integer::sum)));
    Map<String, Double> absent = new HashMap<>();
    counts.forEach(
        (finding, count) -> {
          if ((long) count * COMMON >= studies.size()) {
            absent.put(finding, 0.0);
          }
        });
    studies.forEach(
        (study, listed) -> {
          Map<String, Double> labels = new HashMap<>(listed.complete() ? absent : Map.of());
          listed.findings().forEach(finding -> labels.put(finding, 1.0));
          Optional<Entry> entry = list.find(study);
          entry.ifPresent(it -> list.label(it, labels));
        });
  }
}
