package io.radstream.experiments.report;

import io.radstream.evaluation.Bootstrap;
import io.radstream.evaluation.Interval;
import io.radstream.experiments.results.CellResult;
import io.radstream.experiments.results.TestedStudy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The patients of a split with what each repeat says of their studies: the bootstrap draws
 * patients, since studies of one are not independent, and all repeats saw the same.
 */
final class Patients {

  private final List<List<List<TestedStudy>>> byPatientAndRepeat;
  private final int repeats;
  private final int findings;

  private Patients(List<List<List<TestedStudy>>> byPatient, int repeats, int findings) {
    this.byPatientAndRepeat = byPatient;
    this.repeats = repeats;
    this.findings = findings;
  }

  /** Of at least one repeat. */
  static Patients of(List<CellResult> results) {
    Map<String, List<List<TestedStudy>>> byPatient = new TreeMap<>();
    for (int repeat = 0; repeat < results.size(); repeat++) {
      for (TestedStudy study : results.get(repeat).studies()) {
        byPatient
            .computeIfAbsent(study.patient(), patient -> empty(results.size()))
            .get(repeat)
            .add(study);
      }
    }
    return new Patients(
        List.copyOf(byPatient.values()), results.size(), results.get(0).findings().size());
  }

  int count() {
    return byPatientAndRepeat.size();
  }

  /** Of the mean over repeats of the mean over findings. */
  Optional<Interval> interval(Bootstrap bootstrap) {
    return bootstrap.interval(byPatientAndRepeat, this::mean);
  }

  private OptionalDouble mean(List<List<List<TestedStudy>>> drawn) {
    return IntStream.range(0, repeats)
        .mapToObj(
            repeat -> drawn.stream().flatMap(patient -> patient.get(repeat).stream()).toList())
        .map(studies -> Aucs.mean(studies, findings))
        .flatMapToDouble(OptionalDouble::stream)
        .average();
  }

  private static List<List<TestedStudy>> empty(int repeats) {
    List<List<TestedStudy>> all = new ArrayList<>();
    for (int i = 0; i < repeats; i++) {
      all.add(new ArrayList<>());
    }
    return all;
  }
}
