package io.radstream.deidentification.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes out of a report's text what identifies: the study's own names, numbers and addresses, what
 * has the form of such, and what is on the site's list. What goes becomes the word XXXX; dates are
 * moved in their own form, or go. Any text gives a text, in time that grows with its length.
 * Thread-safe.
 */
public final class TextScrubber {

  private final NameLexicon lexicon = NameLexicon.read();
  private final MonthNames months = MonthNames.read();
  private final List<DateForm> dateForms = NamedDates.forms(months);
  private final List<DateForm> severalDays = NamedDates.severalDays(months);
  private final List<Finder> always;

  /** Reads its tables: keep it. */
  public TextScrubber(SiteList siteList) {
    this.always = List.of(siteList, PatternFinder.read());
  }

  /**
   * @param known of the study that the text belongs to
   */
  public Scrubbed scrub(String text, Identifiers known, DatePolicy dates) {
    return study(known).scrub(text, dates);
  }

  /** For a study of several texts: what is known of it is made ready for all of them at once. */
  public StudyTexts study(Identifiers known) {
    return new StudyTexts(known);
  }

  /** Scrubs the texts of one study. Thread-safe. */
  public final class StudyTexts {

    private final Identifiers known;
    private final List<Finder> ownNames;
    private final List<Finder> own;

    private StudyTexts(Identifiers known) {
      PersonNames names = PersonNames.of(known.names(), lexicon);
      this.known = known;
      this.ownNames =
          List.of(
              new KnownNames(names, lexicon),
              new LoginNames(names),
              new UnspacedNames(known.names()));
      this.own =
          List.of(
              new KnownBirthDates(known.birthDates()),
              new KnownNumbers(known.numbers()),
              new KnownPhrases(known.addresses(), lexicon));
    }

    public Scrubbed scrub(String text, DatePolicy dates) {
      ReportText report = new ReportText(text);
      List<Span> names = new ArrayList<>();
      ownNames.forEach(finder -> finder.find(report, names::add));
      List<Span> found = new ArrayList<>();
      always.forEach(finder -> finder.find(report, found::add));
      own.forEach(finder -> finder.find(report, found::add));
      BirthDates births = new BirthDates(report, known.birthDates());
      ofDates(dates, births).forEach(finder -> finder.find(report, found::add));
      List<Span> all = new ArrayList<>(BirthDates.besideNames(report, names, found));
      all.addAll(names);
      return Spans.apply(report, all);
    }

    /**
     * Takes out only what is the study's own, in texts whose other words and numbers are those of a
     * device.
     */
    public Scrubbed scrubOwn(String text) {
      ReportText report = new ReportText(text);
      List<Span> found = new ArrayList<>();
      ownNames.forEach(finder -> finder.find(report, found::add));
      own.forEach(finder -> finder.find(report, found::add));
      return Spans.apply(report, found);
    }
  }

  private List<Finder> ofDates(DatePolicy dates, BirthDates births) {
    List<Finder> finders = new ArrayList<>();
    DateWriter writer = new DateWriter(dates, months, births);
    boolean dayFirst = dates instanceof DatePolicy.Shift shift && shift.dayFirst();
    finders.add(new NumericDates(writer, dayFirst));
    finders.add(new RareDates(writer));
    finders.add(new NamedDates(writer, months, dateForms, severalDays));
    if (dates instanceof DatePolicy.Remove) {
      finders.add(new Times());
    }
    return finders;
  }
}
