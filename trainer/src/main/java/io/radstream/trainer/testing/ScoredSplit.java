package io.radstream.trainer.testing;

import io.radstream.checkpoints.CalibratedFinding.Scored;
import io.radstream.evaluation.findings.JudgedSplit;
import io.radstream.evaluation.findings.JudgedStudy;
import io.radstream.trainer.tuples.SourceRange;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A split as a checkpoint sees it.
 *
 * @param ways the findings that are told of, and how each is
 * @param studies each once, in the order of the log; only those with a label for any of the
 *     findings
 * @param ranges that were read: of tuples and of labels
 * @param omitted what was there and is not among the studies
 */
public record ScoredSplit(
    List<Scored> ways,
    List<ScoredStudy> studies,
    List<SourceRange> ranges,
    OmittedStudies omitted) {

  public ScoredSplit {
    ways = List.copyOf(ways);
    studies = List.copyOf(studies);
    ranges = List.copyOf(ranges);
  }

  /** Names, in the order of the scores. */
  public List<String> findings() {
    return ways.stream().map(Scored::finding).toList();
  }

  ScoredSplit without(Predicate<String> withdrawn) {
    return new ScoredSplit(
        ways,
        studies.stream().filter(study -> !withdrawn.test(study.studyId())).toList(),
        ranges,
        omitted);
  }

  /** As numbers to judge. */
  public JudgedSplit judged() {
    return new JudgedSplit(
        findings(),
        studies.stream()
            .map(study -> new JudgedStudy(study.patientId(), study.labels(), study.probabilities()))
            .toList());
  }

  /**
   * The same, but only the findings and studies that another has as well: in an order that does not
   * depend on which of the two is asked.
   *
   * @throws IllegalArgumentException where they have no finding in common
   */
  JudgedSplit judgedWith(ScoredSplit other) {
    List<String> common = findings().stream().filter(other.findings()::contains).sorted().toList();
    if (common.isEmpty()) {
      throw new IllegalArgumentException("the two checkpoints have no finding in common");
    }
    int[] columns = common.stream().mapToInt(findings()::indexOf).toArray();
    Map<String, ScoredStudy> theirs = new HashMap<>();
    other.studies.forEach(study -> theirs.put(study.studyId(), study));
    return new JudgedSplit(
        common,
        studies.stream()
            .filter(study -> theirs.containsKey(study.studyId()))
            .sorted(Comparator.comparing(ScoredStudy::studyId))
            .map(
                study ->
                    new JudgedStudy(
                        study.patientId(),
                        chosen(study.labels(), columns),
                        chosen(study.probabilities(), columns)))
            .toList());
  }

  private static float[] chosen(float[] values, int[] columns) {
    float[] chosen = new float[columns.length];
    for (int i = 0; i < columns.length; i++) {
      chosen[i] = values[columns[i]];
    }
    return chosen;
  }
}
