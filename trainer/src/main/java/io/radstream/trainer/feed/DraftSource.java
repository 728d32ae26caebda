package io.radstream.trainer.feed;

import java.util.Optional;

/** Says which studies the steps of a run learn from, step by step. For one thread. */
@FunctionalInterface
public interface DraftSource {

  /** The studies of the next step; empty where there is no further step. */
  Optional<Draft> next() throws InterruptedException;

  /** Goes on with another where this one ends. */
  default DraftSource then(DraftSource other) {
    return () -> {
      Optional<Draft> draft = next();
      return draft.isPresent() ? draft : other.next();
    };
  }
}
