package io.radstream.trainer.feed;

import io.radstream.trainer.tuples.TupleRef;

/**
 * A record that has arrived.
 *
 * @param count of the records of its partition that this process was given before; below 0 for what
 *     an earlier process of the run was given
 * @param rank as of {@link Read}
 */
record Arrival(TupleRef ref, long count, long rank) {}
