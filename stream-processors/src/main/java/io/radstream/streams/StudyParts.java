package io.radstream.streams;

import io.radstream.schemas.Study;
import java.util.List;
import java.util.Optional;

/**
 * The parts of studies of one partition: those of open studies from memory, as far as they fit, the
 * others from their topic. Which of the two it is makes no difference but in time.
 */
record StudyParts(int partition, PartCache cache, PartSource topic) implements AutoCloseable {

  /**
   * @param part as it was read from the record's value
   */
  void hold(long offset, Study part, StudyRecord record) {
    cache.put(partition, offset, new HeldPart(part, record.publication()), record.value().length);
  }

  /** Of a study that is decided, nothing is soon wanted again. */
  void release(List<Long> offsets) {
    cache.remove(partition, offsets);
  }

  /** Empty where it is not in memory. */
  Optional<HeldPart> held(long offset) {
    return cache.get(partition, offset);
  }

  /** The record; empty where the topic does not hold it any more. */
  Optional<PartRecord> read(long offset) {
    return topic.read(offset);
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
