package io.radstream.producers.hl7.mllp;

import java.util.function.Consumer;

/** Takes the messages of all connections. */
@FunctionalInterface
public interface Receiver {

  /**
   * Called on a thread that may wait. The messages of one connection come one after the other,
   * those of several at the same time.
   *
   * @param from whose connection it is
   * @param answer to be told once, now or later, from any thread
   */
  void receive(Frame frame, Sender from, Consumer<Answer> answer);
}
