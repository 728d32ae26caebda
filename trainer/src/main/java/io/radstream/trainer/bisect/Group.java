package io.radstream.trainer.bisect;

import io.radstream.trainer.traits.Condition;
import io.radstream.trainer.traits.Trait;

/** Studies that have something in common. */
public record Group(Trait trait, String value) {

  Condition condition() {
    return new Condition.Has(trait, value);
  }

  /** As {@code --without} takes it. */
  @Override
  public String toString() {
    return condition().toString();
  }
}
