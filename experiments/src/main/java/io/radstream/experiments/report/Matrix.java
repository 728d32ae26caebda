package io.radstream.experiments.report;

import io.radstream.evaluation.Bootstrap;
import io.radstream.experiments.plan.Cell;
import io.radstream.experiments.plan.Comparison;
import io.radstream.experiments.plan.Experiment;
import io.radstream.experiments.plan.Initialisation;
import io.radstream.experiments.plan.Plan;
import io.radstream.experiments.results.CellResult;
import io.radstream.experiments.results.ResultFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * All entries of an experiment.
 *
 * @param missing cells without a result of these settings
 * @param judgedOnOthers cells that were not tested on the studies and labels of their column's
 *     first
 */
record Matrix(
    Experiment experiment,
    List<Column> columns,
    Map<Place, Entry> entries,
    List<String> missing,
    List<String> judgedOnOthers) {

  /** Row and column. */
  record Place(String initialisation, Column column) {}

  static Matrix read(Plan plan, ResultFiles files, Bootstrap bootstrap) throws IOException {
    Map<Place, List<Cell>> cells = new LinkedHashMap<>();
    for (Cell cell : plan.cells()) {
      Column column = new Column(cell.target(), cell.ratio());
      cells
          .computeIfAbsent(
              new Place(cell.initialisation().name(), column), place -> new ArrayList<>())
          .add(cell);
    }
    Map<Place, Entry> entries = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    TestSets judged = new TestSets();
    for (Map.Entry<Place, List<Cell>> place : cells.entrySet()) {
      Map<Integer, CellResult> results = results(place.getValue(), files, missing);
      judged.add(place.getKey().column(), results.values());
      entries.put(place.getKey(), Entry.of(place.getValue().size(), results, bootstrap));
    }
    List<Column> columns = cells.keySet().stream().map(Place::column).distinct().toList();
    return new Matrix(plan.experiment(), columns, entries, missing, judged.differing());
  }

  private static Map<Integer, CellResult> results(
      List<Cell> cells, ResultFiles files, List<String> missing) throws IOException {
    Map<Integer, CellResult> results = new TreeMap<>();
    for (Cell cell : cells) {
      Optional<CellResult> result = files.cell(cell.name()).filter(has -> has.isOf(cell));
      result.ifPresentOrElse(
          found -> results.put(cell.repeat(), found), () -> missing.add(cell.name()));
    }
    return results;
  }

  Entry entry(Initialisation row, Column column) {
    return Objects.requireNonNull(entries.get(new Place(row.name(), column)));
  }

  List<Initialisation> rows() {
    return experiment.initialisations();
  }

  /** An entry of a column that has a result: all of them were judged on the same studies. */
  Optional<Entry> judged(Column column) {
    return rows().stream()
        .map(row -> entry(row, column))
        .filter(entry -> entry.studies() > 0)
        .findFirst();
  }

  /** The row with the highest mean of a column. */
  Optional<Initialisation> best(Column column, List<Initialisation> among) {
    return among.stream()
        .filter(row -> entry(row, column).mean().isPresent())
        .max(Comparator.comparingDouble(row -> entry(row, column).mean().orElseThrow()));
  }

  /** Of the reference and the best of the others; of pairs only where the same repeats are done. */
  OptionalDouble p(Comparison comparison, Column column) {
    Initialisation reference = experiment.initialisation(comparison.reference());
    List<Initialisation> others = rows().stream().filter(row -> !row.equals(reference)).toList();
    return best(column, others)
        .filter(
            other ->
                comparison.test() != Comparison.Test.PAIRED
                    || entry(reference, column)
                        .byRepeat()
                        .keySet()
                        .equals(entry(other, column).byRepeat().keySet()))
        .map(
            other ->
                RepeatsTest.of(
                    comparison.test(),
                    entry(reference, column).values(),
                    entry(other, column).values()))
        .orElse(OptionalDouble.empty());
  }
}
