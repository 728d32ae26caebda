package io.radstream.experiments.report;

import io.radstream.evaluation.Interval;
import io.radstream.experiments.plan.Initialisation;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The tables for other programs: one line for each entry. Names have no commas; titles stay out.
 */
record CsvReport(Matrix matrix, PaperFigures paper) {

  /** Shares from 0 to 1; what is not known is empty. */
  String entries() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "initialisation,target,label_ratio,repeats,repeats_planned,patients,auc,deviation,low,high,"
            + "p,paper_auc");
    for (Column column : matrix.columns()) {
      for (Initialisation row : matrix.rows()) {
        lines.add(entry(row, column));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private String entry(Initialisation row, Column column) {
    Entry entry = matrix.entry(row, column);
    return String.join(
        ",",
        row.name(),
        column.target().name(),
        Double.toString(column.ratio()),
        Integer.toString(entry.values().size()),
        Integer.toString(entry.planned()),
        Integer.toString(entry.patients()),
        shown(entry.mean()),
        shown(Spread.deviation(entry.values())),
        entry.interval().map(Interval::low).map(Numbers::exact).orElse(""),
        entry.interval().map(Interval::high).map(Numbers::exact).orElse(""),
        matrix
            .experiment()
            .comparison()
            .filter(comparison -> comparison.reference().equals(row.name()))
            .map(comparison -> matrix.p(comparison, column))
            .map(p -> p.isPresent() ? Numbers.p(p.getAsDouble()) : "")
            .orElse(""),
        paper.auc(row, column).map(auc -> Numbers.exact(auc / 100)).orElse(""));
  }

  /** Of each finding, the mean over repeats. */
  String findings() {
    List<String> lines = new ArrayList<>();
    lines.add("initialisation,target,label_ratio,finding,auc,with,without");
    for (Column column : matrix.columns()) {
      for (Initialisation row : matrix.rows()) {
        Entry entry = matrix.entry(row, column);
        List<OptionalDouble> aucs = entry.byFinding();
        for (int i = 0; i < aucs.size(); i++) {
          lines.add(
              String.join(
                  ",",
                  row.name(),
                  column.target().name(),
                  Double.toString(column.ratio()),
                  quoted(column.target().findings().get(i)),
                  shown(aucs.get(i)),
                  Long.toString(entry.known().get(i).with()),
                  Long.toString(entry.known().get(i).without())));
        }
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static String shown(OptionalDouble value) {
    return value.isPresent() ? Numbers.exact(value.getAsDouble()) : "";
  }

  /** Names of findings are anybody's (RFC 4180). */
  private static String quoted(String value) {
    return value.matches("[^\",\r\n]*") ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}
