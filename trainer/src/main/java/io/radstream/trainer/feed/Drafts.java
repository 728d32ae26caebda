package io.radstream.trainer.feed;

import java.util.Optional;

/** Says which studies the steps of a run learn from, step by step. For one thread. */
public interface Drafts extends AutoCloseable {

  /** The studies of the next step; empty where there is no further step. */
  Optional<Draft> next() throws InterruptedException;

  /** Goes on with another where this one ends. */
  default Drafts then(Drafts other) {
    Drafts first = this;
    return new Drafts() {
      @Override
      public Optional<Draft> next() throws InterruptedException {
        Optional<Draft> draft = first.next();
        return draft.isPresent() ? draft : other.next();
      }

      @Override
      public void close() {
        first.close();
        other.close();
      }
    };
  }

  @Override
  default void close() {}
}
