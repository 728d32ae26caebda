package io.radstream.trainer.feed;

import io.radstream.trainer.tuples.TupleRef;

/**
 * A study in a batch.
 *
 * @param source name of the source that it comes from
 * @param ref of its tuple
 * @param rank how many records of its partition come before the tuple, counted from where the run's
 *     range begins; −1 where that is not known
 * @param draw counter of view selection and augmentation
 */
public record Read(String source, TupleRef ref, long rank, long draw) {}
