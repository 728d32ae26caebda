package io.radstream.experiments.report;

import io.radstream.evaluation.Bootstrap;
import io.radstream.evaluation.Interval;
import io.radstream.experiments.results.CellResult;
import io.radstream.experiments.results.TestedStudy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a row has in a column.
 *
 * @param planned repeats
 * @param byRepeat mean AUC over findings of each finished repeat that has one, by its number
 * @param interval of their mean; empty where there are none
 * @param byFinding mean AUC over repeats; empty where there is none
 * @param known studies with and without each finding; empty where there are no results
 * @param studies of the split
 * @param patients of the split
 */
record Entry(
    int planned,
    Map<Integer, Double> byRepeat,
    Optional<Interval> interval,
    List<OptionalDouble> byFinding,
    List<Known> known,
    int studies,
    int patients) {

  Entry {
    byRepeat = Collections.unmodifiableMap(new TreeMap<>(byRepeat));
    byFinding = List.copyOf(byFinding);
    known = List.copyOf(known);
  }

  /**
   * @param finished results by the number of their repeat
   */
  static Entry of(int planned, Map<Integer, CellResult> finished, Bootstrap bootstrap) {
    if (finished.isEmpty()) {
      return new Entry(planned, Map.of(), Optional.empty(), List.of(), List.of(), 0, 0);
    }
    List<CellResult> results = List.copyOf(finished.values());
    int findings = results.get(0).findings().size();
    List<TestedStudy> studies = results.get(0).studies();
    Patients patients = Patients.of(results);
    return new Entry(
        planned,
        byRepeat(finished, findings),
        patients.interval(bootstrap),
        IntStream.range(0, findings).mapToObj(finding -> over(results, finding)).toList(),
        Known.of(studies, findings),
        studies.size(),
        patients.count());
  }

  private static Map<Integer, Double> byRepeat(Map<Integer, CellResult> finished, int findings) {
    Map<Integer, Double> means = new TreeMap<>();
    finished.forEach(
        (repeat, result) ->
            Aucs.mean(result.studies(), findings).ifPresent(mean -> means.put(repeat, mean)));
    return means;
  }

  private static OptionalDouble over(List<CellResult> results, int finding) {
    return results.stream()
        .map(result -> Aucs.byFinding(result.studies(), result.findings().size()).get(finding))
        .flatMapToDouble(OptionalDouble::stream)
        .average();
  }

  List<Double> values() {
    return List.copyOf(byRepeat.values());
  }

  OptionalDouble mean() {
    return byRepeat.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Spread.mean(values()));
  }

  boolean complete() {
    return byRepeat.size() == planned;
  }
}
