package io.radstream.radiology.report;

import java.util.List;
import java.util.Optional;

/**
 * The language of a report, as its words tell it: one of those that {@link Sides} knows.
 * Thread-safe.
 */
public final class ReportLanguage {

  private final Lexicon lexicon = new Lexicon();

  /**
   * @return its code of ISO 639-1; empty where it is none of these, or too few words tell
   */
  public Optional<String> of(String text) {
    List<TextWord> words = TextWord.of(text, lexicon);
    SideReading reading = SideReading.of(words);
    return reading.isUnderstood() && reading.language().knows(words) > 0
        ? Optional.of(reading.language().code())
        : Optional.empty();
  }
}
