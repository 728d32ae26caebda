package io.radstream.cli.reports;

import io.radstream.evaluation.Bootstrap;
import io.radstream.evaluation.Figure;
import io.radstream.evaluation.Interval;
import io.radstream.evaluation.text.Bleu;
import io.radstream.evaluation.text.ReportPair;
import io.radstream.evaluation.text.RougeL;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How like written reports are to those that are known.
 *
 * @param studies that both files have
 * @param onlyGenerated studies without a reference, left out
 * @param onlyReferences studies without a written report, left out
 */
public record ReportFigures(int studies, int onlyGenerated, int onlyReferences, List<Row> figures) {

  /**
   * @param low lower end of the interval by bootstrap of studies
   * @param high its upper end
   */
  public record Row(String figure, double value, double low, double high) {}

  private static final int LONGEST = 4;

  /** Empty where no study is in both. */
  public static Optional<ReportFigures> of(
      Map<String, List<String>> generated,
      Map<String, List<String>> references,
      Bootstrap bootstrap) {
    List<ReportPair> pairs = new ArrayList<>();
    generated.forEach(
        (study, report) -> {
          if (references.containsKey(study)) {
            pairs.add(new ReportPair(report, references.get(study)));
          }
        });
    if (pairs.isEmpty()) {
      return Optional.empty();
    }
    List<Row> rows = new ArrayList<>();
    for (int order = 1; order <= LONGEST; order++) {
      rows.add(row("BLEU-" + order, pairs, new Bleu(order), bootstrap));
    }
    rows.add(row("ROUGE-L", pairs, new RougeL(), bootstrap));
    return Optional.of(
        new ReportFigures(
            pairs.size(),
            generated.size() - pairs.size(),
            references.size() - pairs.size(),
            List.copyOf(rows)));
  }

  private static Row row(
      String name, List<ReportPair> pairs, Figure<ReportPair> figure, Bootstrap bootstrap) {
    Interval interval = bootstrap.interval(pairs, figure).orElseThrow();
    return new Row(name, figure.of(pairs).orElseThrow(), interval.low(), interval.high());
  }

  /** For people. */
  public void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%d studies; left out: %d without a reference, %d without a written report%n",
        studies,
        onlyGenerated,
        onlyReferences);
    for (Row row : figures) {
      out.printf(
          Locale.ROOT,
          "%-8s %.3f  (95 %%: %.3f to %.3f)%n",
          row.figure(),
          row.value(),
          row.low(),
          row.high());
    }
    out.flush();
  }
}
