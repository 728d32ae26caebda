package io.radstream.trainer.feed;

import java.util.Map;

/**
 * How far a run has read a source.
 *
 * @param epoch from 0, where the run is finite
 * @param position in the epoch's order
 * @param offsets of the next new tuple, by partition, where the run follows the stream
 * @param ranks how many records come before these offsets, by partition; none where it is not known
 */
public record SourcePosition(
    String source,
    long epoch,
    long position,
    Map<Integer, Long> offsets,
    Map<Integer, Long> ranks) {

  public SourcePosition {
    offsets = Map.copyOf(offsets);
    ranks = ranks == null ? Map.of() : Map.copyOf(ranks);
  }

  /** Of a finite run. */
  public static SourcePosition within(String source, long epoch, long position) {
    return new SourcePosition(source, epoch, position, Map.of(), Map.of());
  }

  /** Nothing has been read. */
  public static SourcePosition start(String source) {
    return within(source, 0, 0);
  }
}
