package io.radstream.trainer.augment;

/**
 * Views that were decoded where pictures at full resolution were wanted.
 *
 * @param originals pictures at full resolution
 * @param published those of records, since these refer to no other
 */
public record ViewCounts(long originals, long published) {}
