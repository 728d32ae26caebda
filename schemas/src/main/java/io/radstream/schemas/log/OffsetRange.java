package io.radstream.schemas.log;

/**
 * What a run may read of a partition.
 *
 * @param begin first offset
 * @param end exclusive
 */
public record OffsetRange(int partition, long begin, long end) {

  public OffsetRange {
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("not a range of offsets: " + begin + " to " + end);
    }
  }
}
