package io.radstream.experiments.report;

import io.radstream.evaluation.Interval;
import io.radstream.experiments.plan.Comparison;
import io.radstream.experiments.plan.Initialisation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The tables for people, with the figures beside them.
 *
 * @param figures what each shows, by name of its file
 */
record MarkdownReport(Matrix matrix, PaperFigures paper, Map<String, String> figures) {

  private static final int CELLS_NAMED = 20;

  String text() {
    List<String> parts = new ArrayList<>();
    parts.add("# " + matrix.experiment().name());
    unfinished().ifPresent(parts::add);
    uneven().ifPresent(parts::add);
    parts.add(
        ("Area under the ROC curve (AUC; 50 is chance) in per cent, mean over findings and over"
                + " repeats (%d); ± standard deviation over repeats; [95 %% interval by the"
                + " bootstrap over patients]. The best of a column is bold. Columns: data set"
                + " (share of its labels).")
            .formatted(matrix.experiment().repeats()));
    parts.add(table());
    matrix.experiment().comparison().map(this::footnote).ifPresent(parts::add);
    for (Column column : matrix.columns()) {
      if (column.target().findings().size() > 1) {
        parts.add("## " + column.title());
        matrix.judged(column).map(entry -> judgedOn(column, entry)).ifPresent(parts::add);
        parts.add(findings(column));
      }
    }
    if (!figures.isEmpty()) {
      parts.add("## Figures");
      parts.add(
          figures.entrySet().stream()
              .map(figure -> "![%s](%s)".formatted(figure.getValue(), figure.getKey()))
              .collect(Collectors.joining("\n\n")));
    }
    return String.join("\n\n", parts) + "\n";
  }

  private Optional<String> unfinished() {
    return told(
        matrix.missing(),
        "**Unfinished**: %d cells have no result yet: %s. Entries marked * rest on fewer repeats.");
  }

  private Optional<String> uneven() {
    return told(
        matrix.judgedOnOthers(),
        "**Not comparable**: %d cells were tested on other studies or labels than the first of their"
            + " column, since the topics have changed: %s. Delete their results, and `experiment run"
            + " --again` tests them anew.");
  }

  private static Optional<String> told(List<String> cells, String sentence) {
    String more = cells.size() > CELLS_NAMED ? ", …" : "";
    String names = cells.stream().limit(CELLS_NAMED).collect(Collectors.joining(", "));
    return cells.isEmpty()
        ? Optional.empty()
        : Optional.of(sentence.formatted(cells.size(), names + more));
  }

  private String table() {
    List<String> lines = new ArrayList<>();
    lines.add(line("Method", Column::title));
    lines.add(line("---", column -> "---"));
    for (Initialisation row : matrix.rows()) {
      lines.add(line(row.title(), column -> cell(row, column)));
      if (matrix.columns().stream().anyMatch(column -> paper.auc(row, column).isPresent())) {
        lines.add(line(row.title() + ", in the paper", column -> inPaper(row, column)));
      }
    }
    matrix.experiment().comparison().ifPresent(comparison -> addP(comparison, lines));
    return String.join("\n", lines);
  }

  private void addP(Comparison comparison, List<String> lines) {
    lines.add(line("p-value", column -> shown(matrix.p(comparison, column))));
    comparison
        .paper()
        .ifPresent(
            table ->
                lines.add(
                    line(
                        "p-value, in the paper",
                        column -> paper.p(table, column).map(Numbers::p).orElse(""))));
  }

  private String line(String first, Function<Column, String> cell) {
    return "| "
        + first
        + matrix.columns().stream()
            .map(column -> " | " + cell.apply(column))
            .collect(Collectors.joining())
        + " |";
  }

  private String cell(Initialisation row, Column column) {
    Entry entry = matrix.entry(row, column);
    if (entry.mean().isEmpty()) {
      return "–";
    }
    String mean = Numbers.percent(entry.mean().getAsDouble());
    boolean best = matrix.best(column, matrix.rows()).equals(Optional.of(row));
    return (best ? "**" + mean + "**" : mean)
        + Spread.deviation(entry.values()).stream()
            .mapToObj(deviation -> " ± " + Numbers.percent(deviation))
            .collect(Collectors.joining())
        + entry.interval().map(MarkdownReport::shown).orElse("")
        + (entry.complete() ? "" : " *");
  }

  private static String shown(Interval interval) {
    return " [%s, %s]".formatted(Numbers.percent(interval.low()), Numbers.percent(interval.high()));
  }

  private static String shown(Known known) {
    return "%d, %d".formatted(known.with(), known.without());
  }

  private static String shown(OptionalDouble p) {
    return p.isPresent() ? Numbers.p(p.getAsDouble()) : "–";
  }

  private String inPaper(Initialisation row, Column column) {
    return paper.auc(row, column).map(Numbers::oneDigit).orElse("");
  }

  private String footnote(Comparison comparison) {
    String test =
        comparison.test() == Comparison.Test.INDEPENDENT
            ? "independent two-sample t-test"
            : "paired t-test";
    return "p-values: %s between %s and the best of the others, over repeats."
        .formatted(test, matrix.experiment().initialisation(comparison.reference()).title());
  }

  private static String judgedOn(Column column, Entry entry) {
    return "Judged on %d studies of %d patients (%s). AUC of each finding, mean over repeats."
        .formatted(
            entry.studies(),
            entry.patients(),
            column.target().split().name().toLowerCase(Locale.ROOT));
  }

  private String findings(Column column) {
    List<String> lines = new ArrayList<>();
    List<Initialisation> rows = matrix.rows();
    lines.add(
        "| Finding | Studies with, without | "
            + rows.stream().map(Initialisation::title).collect(Collectors.joining(" | "))
            + " |");
    lines.add("| --- |" + " --- |".repeat(1 + rows.size()));
    List<String> findings = column.target().findings();
    for (int i = 0; i < findings.size(); i++) {
      int finding = i;
      lines.add(
          "| "
              + findings.get(i)
              + " | "
              + matrix.judged(column).map(entry -> shown(entry.known().get(finding))).orElse("–")
              + " | "
              + rows.stream()
                  .map(row -> ofFinding(matrix.entry(row, column), finding))
                  .collect(Collectors.joining(" | "))
              + " |");
    }
    return String.join("\n", lines);
  }

  private static String ofFinding(Entry entry, int finding) {
    return entry.byFinding().isEmpty() || entry.byFinding().get(finding).isEmpty()
        ? "–"
        : Numbers.percent(entry.byFinding().get(finding).getAsDouble());
  }
}
