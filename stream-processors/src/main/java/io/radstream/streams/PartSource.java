package io.radstream.streams;

import java.util.Optional;

/** The records of one partition of {@code studies}, read again. For one thread. */
interface PartSource extends AutoCloseable {

  /**
   * A record with a value that was read before, waited for while the broker is away.
   *
   * @return empty where the topic does not hold it any more
   */
  Optional<PartRecord> read(long offset);

  /** Whether the topic holds records behind this one already. */
  boolean hasMore(long offset);

  @Override
  default void close() {}
}
