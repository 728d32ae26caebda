package io.radstream.producers.publish;

import java.time.Duration;
import java.util.Optional;

/** The way to the cluster. Thread-safe. */
interface Outlet extends AutoCloseable {

  /** Sends it behind all that was sent before; waits where the cluster is slower. */
  void send(Sending sending);

  /** What the newest acknowledged mark says that has this key on its topic. */
  Optional<String> recall(String markKey);

  /** How many partitions a topic has. */
  int partitions(String topic);

  /** False where what is sent next would fare no better than what has failed. */
  boolean isOpen();

  /** What is done once when another process has taken the name. */
  default void whenLost(Runnable action) {}

  /** What is not acknowledged by then has failed; for an outlet that is to be closed. */
  default void endWithin(Duration most) {}

  /** Returns when the outcome of all that was sent is told. */
  void flush();

  @Override
  void close();
}
