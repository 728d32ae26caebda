package io.radstream.experiments.report;

import io.radstream.evaluation.Bootstrap;
import io.radstream.evaluation.Interval;
import io.radstream.experiments.report.RankedScores.Ranked;
import io.radstream.experiments.results.CellResult;
import io.radstream.experiments.results.TestedStudy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The patients of a split with what each repeat says of their studies: the bootstrap draws
 * patients, since studies of one are not independent, and all repeats saw the same.
 */
final class Patients {

  private final int count;

  /** By repeat and finding. */
  private final List<List<RankedScores>> scores;

  private Patients(int count, List<List<RankedScores>> scores) {
    this.count = count;
    this.scores = scores;
  }

  /** Of at least one repeat. */
  static Patients of(List<CellResult> results) {
    Map<String, Integer> numbers = new TreeMap<>();
    results.forEach(
        result -> result.studies().forEach(study -> numbers.putIfAbsent(study.patient(), 0)));
    int next = 0;
    for (Map.Entry<String, Integer> entry : numbers.entrySet()) {
      entry.setValue(next++);
    }
    return new Patients(
        numbers.size(), results.stream().map(result -> ranked(result, numbers)).toList());
  }

  private static List<RankedScores> ranked(CellResult result, Map<String, Integer> numbers) {
    List<RankedScores> ranked = new ArrayList<>();
    for (int finding = 0; finding < result.findings().size(); finding++) {
      List<Ranked> known = new ArrayList<>();
      for (TestedStudy study : result.studies()) {
        Boolean present = study.present().get(finding);
        if (present != null) {
          known.add(new Ranked(numbers.get(study.patient()), study.scores().get(finding), present));
        }
      }
      ranked.add(new RankedScores(known));
    }
    return ranked;
  }

  int count() {
    return count;
  }

  /** Of the mean over repeats of the mean over findings. */
  Optional<Interval> interval(Bootstrap bootstrap) {
    return bootstrap.intervals(count, counts -> new double[] {mean(counts)}).get(0);
  }

  private double mean(int[] counts) {
    return scores.stream()
        .mapToDouble(findings -> ofRepeat(findings, counts))
        .filter(mean -> !Double.isNaN(mean))
        .average()
        .orElse(Double.NaN);
  }

  private static double ofRepeat(List<RankedScores> findings, int[] counts) {
    return findings.stream()
        .mapToDouble(scores -> scores.auc(counts))
        .filter(auc -> !Double.isNaN(auc))
        .average()
        .orElse(Double.NaN);
  }
}
