package io.radstream.trainer.feed;

import io.radstream.trainer.tuples.TupleRef;

/**
 * A study in a batch.
 *
 * @param source name of the source that it comes from
 * @param ref of its tuple
 * @param draw counter of view selection and augmentation
 */
public record Read(String source, TupleRef ref, long draw) {}
