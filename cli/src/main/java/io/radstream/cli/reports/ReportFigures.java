package io.radstream.cli.reports;

import io.radstream.evaluation.Bootstrap;
import io.radstream.evaluation.labels.LabelPair;
import io.radstream.evaluation.text.Bleu;
import io.radstream.evaluation.text.BleuCounts;
import io.radstream.evaluation.text.CiderD;
import io.radstream.evaluation.text.Meteor;
import io.radstream.evaluation.text.ReportPair;
import io.radstream.evaluation.text.ReportScore;
import io.radstream.evaluation.text.RougeL;
import io.radstream.radiology.findings.FindingLabeller;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How like written reports are to those that are known.
 *
 * @param studies that have both
 * @param onlyGenerated studies without a reference, left out
 * @param onlyReferences studies without a written report, left out
 * @param figures of likeness
 * @param labels agreement on findings
 */
public record ReportFigures(
    int studies,
    int onlyGenerated,
    int onlyReferences,
    List<Measured> figures,
    List<LabelRow> labels) {

  private static final int LONGEST = 4;

  public ReportFigures {
    figures = List.copyOf(figures);
    labels = List.copyOf(labels);
  }

  /**
   * @param uncertain whether a finding counts as there of which a report is not sure
   * @return empty where no study has both
   */
  public static Optional<ReportFigures> of(
      Map<String, String> generated,
      Map<String, String> references,
      Bootstrap bootstrap,
      boolean uncertain) {
    List<String> both = generated.keySet().stream().filter(references::containsKey).toList();
    if (both.isEmpty()) {
      return Optional.empty();
    }
    List<ReportPair> pairs =
        both.stream()
            .map(
                study ->
                    new ReportPair(
                        ReportWords.of(generated.get(study)),
                        ReportWords.of(references.get(study))))
            .toList();
    SaidFindings said = new SaidFindings(new FindingLabeller(), uncertain);
    List<LabelPair> labels =
        both.stream()
            .map(
                study ->
                    new LabelPair(said.of(generated.get(study)), said.of(references.get(study))))
            .toList();
    CiderD cider = new CiderD(references.values().stream().map(ReportWords::of).toList());
    return Optional.of(
        new ReportFigures(
            pairs.size(),
            generated.size() - pairs.size(),
            references.size() - pairs.size(),
            likeness(pairs, cider, bootstrap),
            LabelRow.of(labels, bootstrap)));
  }

  private static List<Measured> likeness(
      List<ReportPair> pairs, CiderD cider, Bootstrap bootstrap) {
    List<Measured> rows = new ArrayList<>();
    List<BleuCounts> counts = pairs.stream().map(pair -> BleuCounts.of(pair, LONGEST)).toList();
    for (int order = 1; order <= LONGEST; order++) {
      rows.add(Measured.of("BLEU-" + order, counts, new Bleu(order), bootstrap).orElseThrow());
    }
    rows.add(mean("ROUGE-L", pairs, new RougeL(), bootstrap));
    rows.add(mean("METEOR", pairs, new Meteor(), bootstrap));
    rows.add(mean("CIDEr-D", pairs, cider, bootstrap));
    return rows;
  }

  /** Each report is scored once, however often it is drawn. */
  private static Measured mean(
      String name, List<ReportPair> pairs, ReportScore figure, Bootstrap bootstrap) {
    List<Double> scores = pairs.stream().map(figure::score).toList();
    return Measured.of(
            name,
            scores,
            drawn -> drawn.stream().mapToDouble(Double::doubleValue).average(),
            bootstrap)
        .orElseThrow();
  }

  /** For people. */
  public void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%d studies; left out: %d without a reference, %d without a written report%n",
        studies,
        onlyGenerated,
        onlyReferences);
    for (Measured row : figures) {
      out.printf(
          Locale.ROOT,
          "%-8s %.3f  (95 %%: %.3f to %.3f)%n",
          row.figure(),
          row.value(),
          row.low(),
          row.high());
    }
    out.printf(Locale.ROOT, "%nfinding       written  known%n");
    labels.forEach(row -> print(row, out));
    out.flush();
  }

  private static void print(LabelRow row, PrintWriter out) {
    out.printf(Locale.ROOT, "%-12s %8d %6d", row.finding(), row.written(), row.known());
    for (Measured measure : row.measures()) {
      out.printf(
          Locale.ROOT,
          "  %s %.3f (%.3f to %.3f)",
          measure.figure(),
          measure.value(),
          measure.low(),
          measure.high());
    }
    out.println();
  }
}
