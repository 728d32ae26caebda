package io.radstream.trainer.feed;

import io.radstream.trainer.tuples.TupleRef;
import java.util.Collection;
import java.util.concurrent.Future;

/** Makes batches of drafts, in however many places. For the thread that drafts. */
public interface Assembling {

  /**
   * Begins to make a batch, and waits for nothing. Drafts come in the order of the steps; not of
   * every draft a step is taken.
   */
  Future<TrainingBatch> begin(Draft draft);

  /** Is told of studies of which drafts will be made next; those of a finite run only. */
  default void soon(String source, Collection<TupleRef> group) {}
}
