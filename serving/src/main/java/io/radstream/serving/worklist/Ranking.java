package io.radstream.serving.worklist;

import io.radstream.serving.compare.Comparisons;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which of a study's findings count, and how much.
 *
 * @param unranked findings that do not count unless they are asked for
 * @param only the finding that is asked for
 */
record Ranking(Set<String> unranked, Optional<String> only) {

  /** So far from a half a probability is uncertain. */
  static final double MARGIN = 0.1;

  /** Of two checkpoints' probabilities, a difference above this is a disagreement. */
  static final double MOVED = Comparisons.MOVED;

  /** Behind all that were scored. */
  private static final double UNSCORED = -1;

  private boolean counts(String finding) {
    return only.map(finding::equals).orElseGet(() -> !unranked.contains(finding));
  }

  private Stream<Map.Entry<String, Double>> counting(ListedStudy study) {
    return study.probabilities().entrySet().stream().filter(entry -> counts(entry.getKey()));
  }

  /** The finding of the highest probability; of equal ones the first by name. */
  Optional<Map.Entry<String, Double>> highest(ListedStudy study) {
    return counting(study)
        .max(
            Map.Entry.<String, Double>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())));
  }

  List<String> uncertain(ListedStudy study) {
    return counting(study)
        .filter(entry -> Math.abs(entry.getValue() - FindingVerdict.HALF) <= MARGIN)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** All of another score that count, however small, the largest first. */
  Stream<Difference> differences(ListedStudy study, Stream<Difference> beside) {
    Stream<Difference> before =
        study.before().stream()
            .flatMap(
                other ->
                    counting(study)
                        .filter(entry -> other.probabilities().containsKey(entry.getKey()))
                        .map(
                            entry ->
                                new Difference(
                                    entry.getKey(),
                                    entry.getValue(),
                                    other.checkpoint(),
                                    other.probabilities().get(entry.getKey()))));
    return Stream.concat(before, beside.filter(one -> counts(one.finding())))
        .distinct()
        .sorted(
            Comparator.comparingDouble(Difference::size)
                .reversed()
                .thenComparing(Difference::finding));
  }

  double value(WorklistOrder order, ListedStudy study, List<Difference> differences) {
    return switch (order) {
      case NEWEST -> 0;
      case PRIORITY -> highest(study).map(Map.Entry::getValue).orElse(UNSCORED);
      case UNCERTAIN ->
          counting(study)
              .mapToDouble(entry -> 1 - Math.abs(2 * entry.getValue() - 1))
              .max()
              .orElse(UNSCORED);
      case DISAGREEMENT ->
          study.probabilities().isEmpty()
              ? UNSCORED
              : differences.stream().mapToDouble(Difference::size).max().orElse(0);
    };
  }
}
