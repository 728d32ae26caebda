package io.radstream.deidentification.dicom;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** PS3.15 Table E.3.10-1: private attributes that hold nothing that identifies. */
final class SafePrivate {

  /** Bytes cannot be looked through, nor can a sequence's items be told from those of others. */
  private static final Set<String> OPAQUE = Set.of("OB", "OW", "OW/OB", "UN", "SQ");

  private final Map<String, TagTable<String>> representations = new HashMap<>();

  private SafePrivate() {}

  static SafePrivate read() {
    SafePrivate safe = new SafePrivate();
    for (List<String> row : Resource.named("safe-private.tsv").rows()) {
      if (!OPAQUE.contains(row.get(2))) {
        safe.representations
            .computeIfAbsent(row.get(0), creator -> new TagTable<>())
            .put(row.get(1), row.get(2));
      }
    }
    return safe;
  }

  boolean has(Attribute attribute) {
    return !OPAQUE.contains(attribute.vr())
        && attribute
            .creator()
            .flatMap(creator -> representation(creator, attribute.tag()))
            .isPresent();
  }

  /** What an attribute on the list holds, where a file does not say it. */
  Optional<String> representation(String creator, int tag) {
    return Optional.ofNullable(representations.get(creator.strip()))
        .flatMap(attributes -> attributes.row(tag));
  }

  /** Whether a creator has any attribute on the list. */
  boolean knows(String creator) {
    return representations.containsKey(creator.strip());
  }
}
