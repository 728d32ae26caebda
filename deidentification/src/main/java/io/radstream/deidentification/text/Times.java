package io.radstream.deidentification.text;

import java.util.function.Consumer;

/** Times of day. */
final class Times implements Finder {

  private static final DateForm FORM =
      new DateForm(
          "(?:(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,6})?)?(?: ?[ap]\\.?m\\b\\.?| Uhr| hours| hrs?)?"
              + "|(?:[01]?[0-9]|2[0-3])[0-5][0-9] ?(?:hours|hrs?|h|Uhr)"
              + "|(?:1[0-2]|[1-9])(?:\\.[0-5][0-9])? ?[ap]\\.?m\\b\\.?"
              + "|(?:[01]?[0-9]|2[0-3]) ?h ?[0-5][0-9]"
              + "|(?:[01]?[0-9]|2[0-3])(?:[.:][0-5][0-9])? Uhr)");

  @Override
  public void find(ReportText text, Consumer<Span> found) {
    FORM.find(text, match -> found.accept(Span.out(match.start(), match.end(), Kind.TIME)));
  }
}
