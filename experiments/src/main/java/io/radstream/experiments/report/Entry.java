package io.radstream.experiments.report;

import io.radstream.evaluation.Bootstrap;
import io.radstream.evaluation.Interval;
import io.radstream.experiments.results.CellResult;
import io.radstream.experiments.results.TestedStudy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What a row has in a column.
 *
 * @param planned repeats
 * @param values mean AUC over findings of each finished repeat that has one
 * @param interval of their mean; empty where there are none
 * @param byFinding mean AUC over repeats; empty where there is none
 * @param known studies with and without each finding; empty where there are no results
 * @param studies of the split
 * @param patients of the split
 */
record Entry(
    int planned,
    List<Double> values,
    Optional<Interval> interval,
    List<OptionalDouble> byFinding,
    List<Known> known,
    int studies,
    int patients) {

  Entry {
    values = List.copyOf(values);
    byFinding = List.copyOf(byFinding);
    known = List.copyOf(known);
  }

  static Entry of(int planned, List<CellResult> results, Bootstrap bootstrap) {
    if (results.isEmpty()) {
      return new Entry(planned, List.of(), Optional.empty(), List.of(), List.of(), 0, 0);
    }
    int findings = results.get(0).findings().size();
    List<TestedStudy> studies = results.get(0).studies();
    Patients patients = Patients.of(results);
    return new Entry(
        planned,
        results.stream()
            .map(result -> Aucs.mean(result.studies(), findings))
            .flatMap(mean -> mean.stream().boxed())
            .toList(),
        patients.interval(bootstrap),
        IntStream.range(0, findings).mapToObj(finding -> over(results, finding)).toList(),
        Known.of(studies, findings),
        studies.size(),
        patients.count());
  }

  private static OptionalDouble over(List<CellResult> results, int finding) {
    return results.stream()
        .map(result -> Aucs.byFinding(result.studies(), result.findings().size()).get(finding))
        .flatMapToDouble(OptionalDouble::stream)
        .average();
  }

  OptionalDouble mean() {
    return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Spread.mean(values));
  }

  boolean complete() {
    return values.size() == planned;
  }
}
