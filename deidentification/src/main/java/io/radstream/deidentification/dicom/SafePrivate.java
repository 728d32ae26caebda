package io.radstream.deidentification.dicom;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** PS3.15 Table E.3.10-1: private attributes that hold nothing that identifies. */
final class SafePrivate {

  /** Bytes cannot be looked through, nor can a sequence's items be told from those of others. */
  private static final Set<String> OPAQUE = Set.of("OB", "OW", "OW/OB", "UN", "SQ");

  private final Map<String, Set<TagPattern>> patterns = new HashMap<>();

  private SafePrivate() {}

  static SafePrivate read() {
    SafePrivate safe = new SafePrivate();
    for (List<String> row : Resource.named("safe-private.tsv").rows()) {
      if (!OPAQUE.contains(row.get(2))) {
        safe.patterns
            .computeIfAbsent(row.get(0), creator -> new HashSet<>())
            .add(TagPattern.parse(row.get(1)));
      }
    }
    return safe;
  }

  boolean has(Attribute attribute) {
    return !OPAQUE.contains(attribute.vr())
        && attribute
            .creator()
            .map(creator -> patterns.getOrDefault(creator.strip(), Set.of()))
            .orElse(Set.of())
            .stream()
            .anyMatch(pattern -> pattern.matches(attribute.tag()));
  }

  /** Whether a creator has any attribute on the list. */
  boolean knows(String creator) {
    return patterns.containsKey(creator.strip());
  }
}
