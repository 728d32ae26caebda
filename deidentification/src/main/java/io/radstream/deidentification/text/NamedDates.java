package io.radstream.deidentification.text;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Dates whose month has a name, in the languages of {@link MonthNames}. */
final class NamedDates implements Finder {

  private static final int MIDDLE = 15;

  /** Words of a sentence as often as months, in some language: with a year only. */
  private static final Set<String> WITH_YEAR_ONLY =
      Set.of(
          "set", "out", "ago", "gen", "mag", "lug", "ott", "mar", "dic", "ene", "fev", "mai", "avr",
          "giu", "dez", "may", "march", "mars", "sett");

  private static final Set<String> WITH_CAPITAL = Set.of("may", "march", "mar", "mai", "mars");

  /** In all others a short month is a word of a sentence as often as not. */
  private static final Set<String> WELL_KNOWN = Set.of("en", "de", "fr", "es", "pt", "it");

  private static final int SHORT = 4;

  /** Two digits behind day and month that are no measure and no part of another number. */
  private static final String BRIEF_YEAR =
      "[0-9]{2}(?![0-9]|[.,:/x-][0-9]| ?(?:mm|cm|ml|cc|mg|kg|hu|x|percent|%|images?|views?|hours?"
          + "|hrs?|h|uhr|am|pm|days?|weeks?|years?|minutes?)(?:[^\\p{L}]|$))";

  /**
   * The same behind month and day, where nothing goes on: there a number begins as often as not.
   */
  private static final String LAST_YEAR = "[0-9]{2} {0,2}(?:[.;:)\\]\n]|,(?![0-9])|$)";

  /** What a text's words tell of its language. */
  private record Hints(boolean portuguese, boolean german, boolean french) {

    static Hints of(String text) {
      return new Hints(
          text.contains("\u00E3") || text.contains("\u00E7"),
          text.contains(" und ") || text.contains(" der "),
          text.contains(" du ") || text.contains(" les "));
    }
  }

  private final DateWriter writer;
  private final MonthNames months;
  private final List<DateForm> forms;
  private final List<DateForm> severalDays;

  NamedDates(
      DateWriter writer, MonthNames months, List<DateForm> forms, List<DateForm> severalDays) {
    this.writer = writer;
    this.months = months;
    this.forms = forms;
    this.severalDays = severalDays;
  }

  /** The forms, compiled once for all texts. */
  static List<DateForm> forms(MonthNames months) {
    String m = "(?<m>" + months.months() + ")(?<dot>\\.)?";
    String week = "(?:(?<w>" + months.daysOfTheWeek() + "),? (?:the |den |dem |le |el |il )?)?";
    String day = "(?<d>[0-9]{1,2})(?<o>st|nd|rd|th|er|\\.|\\x{ba}|\\x{b0}|\\x{aa})?";
    String link = "(?:,? (?:de |del |of |di )?|-|/|)";
    String year = "(?:" + link + "(?<y>[0-9]{4})|(?:-|/|,? ?')(?<z>[0-9]{2}))";
    String joined =
        "(?:" + link + "(?<y>[0-9]{4})|(?:-|/|,? ?'| (?=" + BRIEF_YEAR + ")|)(?<z>[0-9]{2}))";
    String last =
        "(?:" + link + "(?<y>[0-9]{4})|(?:-|/|,? ?'|,? (?=" + LAST_YEAR + "))(?<z>[0-9]{2}))";
    return List.of(
        DateForm.joinable(week + day + "(?: (?:of |de |di |day of )?|-|/|)" + m + joined + "?"),
        new DateForm(week + m + "(?: (?:the )?|-|/)" + day + last + "?"),
        new DateForm(m + year),
        new DateForm(
            "(?:early|late|mid|Anfang|Mitte|Ende) "
                + m
                + " (?<z>[0-9]{2})(?![0-9.]|,[0-9]| ?[cm]m)"),
        new DateForm("(?<y>[0-9]{4})[-/ ]" + m + "[-/ ](?<d>[0-9]{1,2})"),
        new DateForm("(?<y>(?:19|20)[0-9]{2})" + m + "(?<d>[0-9]{1,2})(?![0-9])"),
        new DateForm(
            "(?<pre>(?:in|since|from|last|until|im|seit|letzten|en|em|depuis|desde|dal|dallo|nel)"
                + " (?:early |late |mid-?|Anfang |Ende )?)"
                + m));
  }

  /**
   * Days that cannot be moved: two of one month and year, of which one that is left would tell of
   * the other, and days in words.
   */
  static List<DateForm> severalDays(MonthNames months) {
    String m = "(?:" + months.months() + ")\\.?";
    String day = "[0-9]{1,2}(?:st|nd|rd|th|\\.)?";
    String words =
        "(?:(?:twenty|thirty)[- ])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
            + "|(?:ten|eleven|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)th"
            + "|twelfth|(?:twen|thir)tieth";
    String days = day + "(?:,? ?(?:and|und|y|et|e|&|-|/|to|bis|a|al|,) ?" + day + "){1,3}";
    String to = "(?:to|and|through|until|und|bis|et|au|y|al|-)";
    String year = ",? ?(?:de |del |of )?(?:19|20)[0-9]{2}(?![0-9])";
    return List.of(
        new DateForm(m + " ?" + days + year),
        new DateForm(m + " ?" + day + ",? ?" + to + " ?" + m + " ?" + day + year),
        new DateForm(day + " ?" + m + ",? ?" + to + " ?" + day + " ?" + m + year),
        new DateForm(days + " ?(?:of |de |di )?" + m + year),
        new DateForm("(?:" + words + ") (?:day )?(?:of )?" + m + "(?:" + year + ")?"),
        new DateForm(m + " (?:the )?(?:" + words + ")(?:" + year + ")?"));
  }

  @Override
  public void find(ReportText text, Consumer<Span> found) {
    if (text.words().stream().noneMatch(months::isMonth)) {
      return;
    }
    Hints hints = Hints.of(text.folded().toLowerCase(Locale.ROOT));
    for (DateForm form : severalDays) {
      form.find(text, match -> found.accept(Span.out(match.start(), match.end(), Kind.DATE)));
    }
    for (DateForm form : forms) {
      form.find(text, match -> read(match, hints).ifPresent(found));
    }
  }

  private Optional<Span> read(DateForm.Match match, Hints hints) {
    String month = match.part("m");
    boolean year = match.has("y") || match.has("z");
    if (!year && !isMonth(match, month)) {
      return Optional.empty();
    }
    MonthNames.Name name = months.of(month, languages(match, hints));
    if (!year && month.length() <= SHORT && !WELL_KNOWN.contains(name.language())) {
      return Optional.empty();
    }
    int day = match.has("d") ? match.number("d") : MIDDLE;
    return DateWriter.date(year(match), name.month(), day)
        .map((LocalDate date) -> writer.written(match, date, Optional.of(name)));
  }

  /** Whether a word without a year can only be a month. */
  private static boolean isMonth(DateForm.Match match, String written) {
    String lower = written.toLowerCase(Locale.ROOT);
    boolean capital = Character.isUpperCase(written.charAt(0)) && !match.text().capitals();
    if (WITH_CAPITAL.contains(lower) && capital) {
      return true;
    }
    return !WITH_YEAR_ONLY.contains(lower) && (match.has("d") || written.length() > 3);
  }

  private static Optional<Integer> year(DateForm.Match match) {
    if (match.has("y")) {
      return Optional.of(DateWriter.year(match.part("y")));
    }
    return match.has("z") ? Optional.of(DateWriter.year(match.part("z"))) : Optional.empty();
  }

  /** In which languages to read a month that several have, the likeliest first. */
  private static List<String> languages(DateForm.Match match, Hints hints) {
    String date = match.text().between(match.start(), match.end());
    List<String> languages = new ArrayList<>();
    if (date.contains(" de ")) {
      languages.add(hints.portuguese() ? "pt" : "es");
    }
    boolean dot = match.has("o") && match.part("o").equals(".");
    if (dot || hints.german()) {
      languages.add("de");
    }
    if (hints.french()) {
      languages.add("fr");
    }
    languages.addAll(List.of("en", "it", "fr", "es", "pt", "de"));
    return languages;
  }
}
