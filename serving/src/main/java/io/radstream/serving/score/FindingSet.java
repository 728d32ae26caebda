package io.radstream.serving.score;

import java.util.Objects;
import java.util.Set;

/** Findings that may be asked for by a name. */
public sealed interface FindingSet {

  /** What the network that answers must be able to do for any of them to be scored. */
  default Set<Capability> needed() {
    return this instanceof Taught ? Set.of(Capability.LABELS) : Set.of();
  }

  /**
   * Those that sentences state and deny. Of these a network's label head scores what it was taught.
   */
  record Prompted(PromptSet prompts) implements FindingSet {

    public Prompted {
      Objects.requireNonNull(prompts, "prompts");
    }
  }

  /** Those that a network was taught with labels, whichever they are. */
  record Taught() implements FindingSet {}
}
