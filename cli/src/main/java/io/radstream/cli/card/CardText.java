package io.radstream.cli.card;

import io.radstream.cli.card.DataCard.Prevalence;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a {@link DataCard} as Markdown. */
public final class CardText {

  private final DataCard card;

  public CardText(DataCard card) {
    this.card = card;
  }

  /** Lines, each with its end. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("# Data card: ").append(card.topic()).append("\n\n");
    body(text, "## ");
    return text.toString();
  }

  /**
   * Without the title.
   *
   * @param level in front of each heading
   */
  void body(StringBuilder text, String level) {
    text.append(
        "Counts of fewer than %d, and those that would tell them, are not told (–). Days are shifted, patients and studies pseudonyms; ages are not recorded on this topic.\n\n"
            .formatted(card.minCell()));
    text.append("| | |\n|---|---|\n");
    card.totals().forEach((name, count) -> row(text, words(name), shown(count)));
    row(text, "offsets", offsets());
    card.parts().forEach((name, counts) -> table(text, level, name, counts));
    spreads(text, level);
    findings(text, level);
    terms(text, level);
  }

  private String offsets() {
    return card.offsets().stream()
        .map(range -> "%d:%d-%d".formatted(range.partition(), range.begin(), range.end()))
        .collect(Collectors.joining(", "));
  }

  private static void table(
      StringBuilder text, String level, String name, Map<String, Long> counts) {
    if (!counts.isEmpty()) {
      heading(text, level, words(name), "| | count |\n|---|---|\n");
      counts.forEach((part, count) -> row(text, part, shown(count)));
    }
  }

  private void spreads(StringBuilder text, String level) {
    if (!card.spreads().isEmpty()) {
      heading(text, level, "sizes", "| | 5 % | median | 95 % |\n|---|---|---|---|\n");
      card.spreads()
          .forEach(
              (name, spread) ->
                  text.append(
                      "| %s | %d | %d | %d |\n"
                          .formatted(words(name), spread.low(), spread.middle(), spread.high())));
    }
  }

  private void findings(StringBuilder text, String level) {
    if (!card.findings().isEmpty()) {
      heading(text, level, "findings", "| | labelled | present | part |\n|---|---|---|---|\n");
      card.findings()
          .forEach(
              (name, of) ->
                  text.append(
                      "| %s | %s | %s | %s |\n"
                          .formatted(
                              cell(name), shown(of.labelled()), shown(of.present()), part(of))));
    }
  }

  private void terms(StringBuilder text, String level) {
    if (!card.terms().isEmpty()) {
      heading(text, level, "terms of use", "| source | what its makers ask for |\n|---|---|\n");
      card.terms()
          .forEach((name, terms) -> row(text, name, terms == null ? "not known" : cell(terms)));
    }
  }

  private static String part(Prevalence of) {
    return of.labelled() == null || of.present() == null || of.labelled() == 0
        ? "–"
        : String.format(Locale.ROOT, "%.1f %%", 100.0 * of.present() / of.labelled());
  }

  private static void heading(StringBuilder text, String level, String name, String head) {
    String title = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    text.append("\n").append(level).append(title).append("\n\n").append(head);
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append("| ").append(cell(name)).append(" | ").append(value).append(" |\n");
  }

  /** What a site called its source or a finding may hold anything. */
  static String cell(String name) {
    return name.replaceAll("[\\p{Cntrl}]", " ").replace("|", "\\|").replace("<", "&lt;");
  }

  private static String words(String name) {
    return name.replace('_', ' ');
  }

  static String shown(Long count) {
    return count == null ? "–" : String.format(Locale.ROOT, "%,d", count);
  }
}
