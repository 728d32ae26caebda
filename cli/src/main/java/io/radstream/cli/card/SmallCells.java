package io.radstream.cli.card;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Hides counts of few, which may point at somebody; a hidden count is null. Zero is shown.
 *
 * @param least count that is shown
 */
record SmallCells(int least) {

  Long shown(long count) {
    return count > 0 && count < least ? null : Long.valueOf(count);
  }

  /**
   * Parts of a whole that is told as well: where the whole less what is shown would give a hidden
   * part away, the smallest of the others are hidden, too.
   */
  Map<String, Long> shown(Map<String, Long> parts) {
    Map<String, Long> shown = new LinkedHashMap<>();
    parts.forEach((name, count) -> shown.put(name, shown(count)));
    while (givesAway(parts, shown)) {
      Optional<String> next =
          shown.entrySet().stream()
              .filter(part -> part.getValue() != null && part.getValue() > 0)
              .min(Comparator.comparing(Map.Entry::getValue))
              .map(Map.Entry::getKey);
      if (next.isEmpty()) {
        break;
      }
      shown.put(next.get(), null);
    }
    return shown;
  }

  private boolean givesAway(Map<String, Long> parts, Map<String, Long> shown) {
    long hidden = shown.values().stream().filter(count -> count == null).count();
    long together =
        parts.entrySet().stream()
            .filter(part -> shown.get(part.getKey()) == null)
            .mapToLong(Map.Entry::getValue)
            .sum();
    return hidden > 0 && (hidden < 2 || together < least);
  }
}
