package io.radstream.radiology.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Ids of texts whose words do not depend on each other. A report's words come again in the next
 * one, so that the library is asked for each only once. Thread-safe.
 */
final class WordIds {

  /** More than the words of a hospital's reports in a year. */
  private static final int MOST_WORDS = 1 << 16;

  /** Longer words come once; characters. */
  private static final int LONGEST_WORD = 32;

  /** Of longer texts most words may be new: the library reads them faster as a whole. */
  private static final int LONGEST_TEXT = 1 << 14;

  private final Function<String, int[]> library;
  private final Map<String, int[]> known = new ConcurrentHashMap<>();

  /**
   * @param library that gives the ids of any text
   */
  WordIds(Function<String, int[]> library) {
    this.library = library;
  }

  int[] of(String text) {
    // Of a surrogate without its other half the library makes another thing in each company.
    if (text.length() > LONGEST_TEXT
        || text.chars().anyMatch(c -> Character.isSurrogate((char) c))) {
      return library.apply(text);
    }
    List<int[]> words = new ArrayList<>();
    int size = 0;
    int begin = 0;
    for (int end = 0; end <= text.length(); end++) {
      if (end == text.length() || text.charAt(end) == ' ' || text.charAt(end) == '\n') {
        if (end > begin) {
          int[] ids = ofWord(text.substring(begin, end));
          words.add(ids);
          size += ids.length;
        }
        begin = end + 1;
      }
    }
    return joined(words, size);
  }

  private static int[] joined(List<int[]> words, int size) {
    int[] all = new int[size];
    int to = 0;
    for (int[] ids : words) {
      System.arraycopy(ids, 0, all, to, ids.length);
      to += ids.length;
    }
    return all;
  }

  private int[] ofWord(String word) {
    int[] ids = known.get(word);
    if (ids == null) {
      ids = library.apply(word);
      if (word.length() <= LONGEST_WORD && known.size() < MOST_WORDS) {
        known.put(word, ids);
      }
    }
    return ids;
  }
}
