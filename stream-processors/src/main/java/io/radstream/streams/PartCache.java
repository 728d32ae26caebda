package io.radstream.streams;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The newest records of all partitions that this process works on, as many as fit. What is on the
 * topic does not change, so that it is no matter who put it here. Thread-safe.
 */
final class PartCache {

  private record Coordinates(int partition, long offset) {}

  private final long maxBytes;
  private final Map<Coordinates, byte[]> newest = new LinkedHashMap<>();
  private long bytes;

  /**
   * @param maxBytes of all records
   */
  PartCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  synchronized void put(int partition, long offset, byte[] value) {
    byte[] before = newest.putIfAbsent(new Coordinates(partition, offset), value);
    bytes += before == null ? value.length : 0;
    var oldest = newest.values().iterator();
    while (bytes > maxBytes) {
      bytes -= oldest.next().length;
      oldest.remove();
    }
  }

  synchronized Optional<byte[]> get(int partition, long offset) {
    return Optional.ofNullable(newest.get(new Coordinates(partition, offset)));
  }
}
