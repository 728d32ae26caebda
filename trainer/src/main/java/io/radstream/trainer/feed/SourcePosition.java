package io.radstream.trainer.feed;

import java.util.Map;

/**
 * How far a run has read a source.
 *
 * @param epoch from 0, where the run is finite
 * @param position in the epoch's order
 * @param offsets of the next new tuple, by partition, where the run follows the stream
 */
public record SourcePosition(String source, long epoch, long position, Map<Integer, Long> offsets) {

  public SourcePosition {
    offsets = Map.copyOf(offsets);
  }

  /** Nothing has been read. */
  public static SourcePosition start(String source) {
    return new SourcePosition(source, 0, 0, Map.of());
  }
}
