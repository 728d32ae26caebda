package io.radstream.serving.score;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The findings that may be asked for: by default all that a network can score, and sets of them
 * under names of their own. All are scored from one pass through one network.
 *
 * @param prompts of the default set, which has the findings of the label head too
 * @param named the others, by name
 */
public record FindingSets(PromptSet prompts, Map<String, FindingSet> named) {

  /** The name of the default set. */
  public static final String ALL = "radstream";

  private static final int MOST = 32;

  public FindingSets {
    Objects.requireNonNull(prompts, "prompts");
    if (named.size() > MOST) {
      throw new IllegalArgumentException("there can be at most %d models".formatted(MOST));
    }
    for (String name : named.keySet()) {
      if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}") || name.equals(ALL)) {
        throw new IllegalArgumentException(
            "a model's name has 1 to 64 letters, digits, '.', '_' or '-', and is not %s, which has"
                    .formatted(ALL)
                + " all findings; not: "
                + name);
      }
    }
    named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
  }

  /** The default set alone. */
  public static FindingSets of(PromptSet prompts) {
    return new FindingSets(prompts, Map.of());
  }

  public boolean has(String name) {
    return name.equals(ALL) || named.containsKey(name);
  }

  /** All names, the default one first. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>(Set.of(ALL));
    names.addAll(named.keySet());
    return names;
  }

  /** The sentences of a set; empty where it is what a network was taught, whatever that is. */
  public Optional<PromptSet> prompts(String name) {
    if (name.equals(ALL)) {
      return Optional.of(prompts);
    }
    return named.get(name) instanceof FindingSet.Prompted prompted
        ? Optional.of(prompted.prompts())
        : Optional.empty();
  }

  /** What the network that answers must be able to do for a set. */
  public Set<Capability> needed(String name) {
    return name.equals(ALL) ? Set.of() : named.get(name).needed();
  }
}
