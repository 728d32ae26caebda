package io.radstream.deidentification.dicom;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Rows by tag, where a row may stand for a pattern of tags; a row for one tag goes first. */
final class TagTable<R> {

  private final Map<Integer, R> exact = new HashMap<>();
  private final Map<TagPattern, R> patterns = new LinkedHashMap<>();

  void put(String tag, R row) {
    TagPattern pattern = TagPattern.parse(tag);
    if (pattern.isOne()) {
      exact.put(pattern.value(), row);
    } else {
      patterns.put(pattern, row);
    }
  }

  Optional<R> row(int tag) {
    R row = exact.get(tag);
    if (row != null) {
      return Optional.of(row);
    }
    return patterns.entrySet().stream()
        .filter(entry -> entry.getKey().matches(tag))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
