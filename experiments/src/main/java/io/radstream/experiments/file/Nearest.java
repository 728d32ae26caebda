package io.radstream.experiments.file;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;

/** What somebody may have meant. */
final class Nearest {

  private Nearest() {}

  /** The name that is nearest, and all that there are. */
  static String hint(String meant, Collection<String> names) {
    return names.stream()
        .min(Comparator.<String>comparingInt(name -> distance(meant, name)).thenComparing(n -> n))
        .map(near -> "; did you mean %s? There are: %s".formatted(near, list(names)))
        .orElse("");
  }

  static String list(Collection<?> names) {
    return names.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
  }

  /** Letters to put in, take out or exchange (Levenshtein, 1966). */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    Arrays.setAll(row, column -> column);
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int exchanged = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
