package io.radstream.trainer.tuples;

import io.radstream.schemas.log.OffsetRange;

/**
 * What was read of a partition.
 *
 * @param records that were in the range; 0 as well where they were not counted
 */
public record CountedRange(OffsetRange range, long records) {}
