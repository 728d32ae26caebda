package io.radstream.trainer.traits;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * A study, as far as records tell of it without its pictures and text.
 *
 * @param values of each trait; several where views or parts differ, none where it is not known
 */
public record StudyTraits(String studyId, Map<Trait, Set<String>> values) {

  public StudyTraits {
    Map<Trait, Set<String>> copy = new EnumMap<>(Trait.class);
    values.forEach((trait, of) -> copy.put(trait, Set.copyOf(of)));
    values = Map.copyOf(copy);
  }

  public Set<String> of(Trait trait) {
    return values.getOrDefault(trait, Set.of());
  }
}
