package io.radstream.radiology.report;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Words, each looked up in the tables once: of the words of reports most are the same few thousand.
 * Makes no difference but in time. Thread-safe.
 */
final class Lexicon {

  /** More are not the words of reports, but numbers and slips of the pen. */
  private static final int MOST = 16_384;

  private static final int LONGEST = 32;

  private final Map<String, WordFacts> words = new ConcurrentHashMap<>();

  WordFacts of(String written) {
    WordFacts known = words.get(written);
    if (known != null) {
      return known;
    }
    WordFacts found = WordFacts.of(Spelling.of(written));
    if (written.length() <= LONGEST) {
      if (words.size() >= MOST) {
        words.clear();
      }
      words.put(written, found);
    }
    return found;
  }
}
