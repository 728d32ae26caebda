package io.radstream.streams;

import java.util.Optional;

/**
 * The bytes of the parts of studies of one partition: those that came last from memory, the others
 * from their topic. Which of the two it is makes no difference but in time.
 */
record StudyParts(int partition, PartCache cache, PartSource topic) implements AutoCloseable {

  void put(long offset, byte[] value) {
    cache.put(partition, offset, value);
  }

  /** Empty where the topic does not hold the record any more. */
  Optional<byte[]> read(long offset) {
    Optional<byte[]> held = cache.get(partition, offset);
    return held.isPresent() ? held : topic.read(offset);
  }

  /** Whether the topic holds records behind this one already. */
  boolean hasMore(long offset) {
    return topic.hasMore(offset);
  }

  @Override
  public void close() {
    topic.close();
  }
}
