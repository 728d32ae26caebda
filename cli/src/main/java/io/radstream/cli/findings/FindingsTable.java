package io.radstream.cli.findings;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** An evaluation for people. */
public final class FindingsTable {

  private static final String ROW = "%-24s %6s %7s  %-20s  %-20s  %-20s  %-20s  %-20s  %s%n";
  private static final String AGAINST_ROW = "%-24s %-20s %s%n";

  private FindingsTable() {}

  public static void print(FindingsReport report, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "checkpoint %s on %s, reading: %d, studies: %d, patients: %d%n",
        report.checkpointId(),
        report.split(),
        report.reading(),
        report.studies(),
        report.patients());
    out.printf(
        Locale.ROOT,
        "left out: %d without a label, %d withdrawn, %d without a readable view%n",
        report.unlabelled(),
        report.withdrawn(),
        report.unreadable());
    out.printf(
        ROW,
        "FINDING",
        "WITH",
        "WITHOUT",
        "AUC",
        "AVERAGE PRECISION",
        "SENSITIVITY",
        "SPECIFICITY",
        "BRIER SCORE",
        "CALIB. ERROR");
    report.findings().forEach(row -> print(row, out));
    zeroShot(report, out);
    out.printf(
        "mean AUC %s, mean average precision %s%n",
        Shown.text(report.meanAuc()), Shown.text(report.meanAveragePrecision()));
    out.printf(
        Locale.ROOT,
        "Intervals: %.0f %%, %d draws of patients. Thresholds: %s on %s.%n",
        100 * report.level(),
        report.draws(),
        report.operatingRule(),
        report.operatingSplit());
    if (report.against() != null) {
      print(report.against(), out);
    }
    out.flush();
  }

  private static void zeroShot(FindingsReport report, PrintWriter out) {
    List<String> prompted =
        report.findings().stream()
            .filter(row -> row.prompts() != null)
            .map(FindingsReport.Row::finding)
            .toList();
    if (!prompted.isEmpty()) {
      out.printf(
          "zero-shot, by sentences: %s%n",
          prompted.size() == report.findings().size() ? "all" : String.join(", ", prompted));
    }
  }

  private static void print(FindingsReport.Row row, PrintWriter out) {
    out.printf(
        ROW,
        row.finding(),
        row.present(),
        row.absent(),
        Shown.text(row.auc()),
        Shown.text(row.averagePrecision()),
        Shown.text(row.sensitivity()),
        Shown.text(row.specificity()),
        Shown.text(row.brier()),
        number(row.calibrationError()));
  }

  private static void print(AgainstReport against, PrintWriter out) {
    out.printf(
        "against %s: mean AUC differs by %s%n",
        against.checkpointId(), Shown.text(against.meanDifference()));
    out.printf(AGAINST_ROW, "FINDING", "DIFFERENCE OF AUC", "DELONG P");
    against
        .findings()
        .forEach(
            row ->
                out.printf(
                    AGAINST_ROW,
                    row.finding(),
                    Shown.text(row.difference()),
                    number(row.pValue())));
  }

  private static String number(Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }
}
