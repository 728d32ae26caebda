package io.radstream.streams;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parts of open studies of all partitions that this process works on, the newest of them, as many
 * as fit. What is on the topic does not change, so that it is no matter who put it here.
 * Thread-safe.
 */
final class PartCache {

  private record Coordinates(int partition, long offset) {}

  private record Part(HeldPart held, long bytes) {}

  private final long maxBytes;
  private final Map<Coordinates, Part> newest = new LinkedHashMap<>();
  private long bytes;

  /**
   * @param maxBytes of all records
   */
  PartCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * @param size of the record, in bytes
   */
  synchronized void put(int partition, long offset, HeldPart held, long size) {
    Part before = newest.putIfAbsent(new Coordinates(partition, offset), new Part(held, size));
    bytes += before == null ? size : 0;
    var oldest = newest.values().iterator();
    while (bytes > maxBytes) {
      bytes -= oldest.next().bytes();
      oldest.remove();
    }
  }

  synchronized Optional<HeldPart> get(int partition, long offset) {
    return Optional.ofNullable(newest.get(new Coordinates(partition, offset))).map(Part::held);
  }

  synchronized void remove(int partition, List<Long> offsets) {
    for (long offset : offsets) {
      Part part = newest.remove(new Coordinates(partition, offset));
      bytes -= part == null ? 0 : part.bytes();
    }
  }
}
