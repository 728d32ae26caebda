package io.radstream.cli.card;

import io.radstream.cli.card.CheckpointCard.Figures;
import io.radstream.cli.card.CheckpointCard.Judged;
import io.radstream.cli.card.CheckpointCard.Learned;
import io.radstream.cli.findings.Shown;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a {@link CheckpointCard} as Markdown. */
public record CheckpointCardText(CheckpointCard card) {

  /** Lines, each with its end. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("# Model card: ").append(card.checkpointId()).append("\n\n");
    text.append("A REFERS network (Zhou et al., 2022) trained by Radstream on ")
        .append(CardText.cell(card.learned()))
        .append(".\n\n");
    what(text);
    text.append("\n## What it learned from\n");
    card.data().forEach(source -> learned(text, source));
    text.append("\n## How it was judged\n");
    if (card.evaluations().isEmpty()) {
      text.append("\nNo evaluation of these weights is recorded.\n");
    }
    card.evaluations().forEach(judged -> judged(text, judged));
    text.append("\n## Limits of use\n\n");
    card.limits().forEach(limit -> text.append("- ").append(limit).append('\n'));
    return text.toString();
  }

  private void what(StringBuilder text) {
    text.append("| | |\n|---|---|\n");
    row(text, "model line", card.line());
    row(text, "run", card.runId());
    row(text, "grew out of", card.parent() == null ? "nothing" : card.parent());
    row(text, "its run set out from", initial());
    if (card.labelShare() != null) {
      row(
          text,
          "labels learned from",
          card.labelShare() < 1
              ? String.format(
                  Locale.ROOT,
                  "those of %s %% of the patients; figures of data below are of all",
                  new BigDecimal(100 * card.labelShare())
                      .round(new MathContext(3))
                      .stripTrailingZeros()
                      .toPlainString())
              : "those of all patients");
    }
    row(text, "written", card.written());
    row(text, "optimizer steps", "%d of %d".formatted(card.step(), card.steps()));
    row(text, "studies in a step", Integer.toString(card.batch()));
    row(text, "seed", Long.toString(card.seed()));
    row(text, "input", "three views of %1$d×%1$d pixels".formatted(card.imageSize()));
    row(
        text,
        "findings of its label head",
        card.findings().isEmpty() ? "none" : String.join(", ", card.findings()));
    row(text, "weights, SHA-256", "`%s`".formatted(card.weights()));
    row(text, "settings (config.json), SHA-256", "`%s`".formatted(card.settings()));
  }

  private String initial() {
    return card.initial().isEmpty()
        ? "weights of its own"
        : card.initial().entrySet().stream()
            .map(part -> "%s %s".formatted(part.getKey(), part.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static void learned(StringBuilder text, Learned source) {
    text.append("\n### Source %s: %s\n\n".formatted(source.source(), source.topic()));
    if (source.studies() != null) {
      text.append(
          "What the run may read; the ledger has what it did read, step by step. Withdrawn are the studies of these offsets that are withdrawn by now: they are in no other figure.\n\n");
      new CardText(source.studies()).body(text, "#### ");
    } else if (source.offsets().isEmpty()) {
      text.append(
          "The run learns from what arrives, and had read to %s; which studies these were, the ledger tells.\n"
              .formatted(source.readTo().isEmpty() ? "nothing yet" : list(source.readTo())));
    } else {
      text.append(
          "The run may read %s; the topic does not hold all of it any more, and nothing is told of it.\n"
              .formatted(list(source.offsets())));
    }
  }

  private static String list(List<String> offsets) {
    return String.join(", ", offsets);
  }

  private static void judged(StringBuilder text, Judged judged) {
    text.append("\n### %s, %s\n\n".formatted(judged.split(), judged.time()));
    text.append(
        String.format(
            Locale.ROOT,
            "Reading no. %d for this line; %s studies of %s patients; intervals of %.0f %%; thresholds: %s on %s. Evaluation `%s`.\n\n",
            judged.reading(),
            CardText.shown(judged.studies()),
            CardText.shown(judged.patients()),
            100 * judged.level(),
            judged.operatingRule(),
            judged.operatingSplit(),
            judged.evaluationId()));
    text.append(
        "| finding | told by | with | without | AUC | average precision | sensitivity | specificity | Brier score | calibration error |\n|---|---|---|---|---|---|---|---|---|---|\n");
    judged.findings().forEach(finding -> figures(text, finding));
    text.append(
        "| mean | | | | %s | %s | | | | |\n"
            .formatted(Shown.text(judged.meanAuc()), Shown.text(judged.meanAveragePrecision())));
  }

  private static void figures(StringBuilder text, Figures finding) {
    text.append(
        "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n"
            .formatted(
                CardText.cell(finding.finding()),
                finding.zeroShot() ? "sentences" : "label head",
                CardText.shown(finding.present()),
                CardText.shown(finding.absent()),
                Shown.text(finding.auc()),
                Shown.text(finding.averagePrecision()),
                Shown.text(finding.sensitivity()),
                Shown.text(finding.specificity()),
                Shown.text(finding.brier()),
                finding.calibrationError() == null
                    ? "-"
                    : String.format(Locale.ROOT, "%.3f", finding.calibrationError())));
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append("| ").append(name).append(" | ").append(CardText.cell(value)).append(" |\n");
  }
}
