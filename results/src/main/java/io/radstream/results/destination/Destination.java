package io.radstream.results.destination;

/** A system of the hospital that takes results. For one thread. */
public interface Destination extends AutoCloseable {

  /** Letters and dashes: what its consumer group and its figures go by. */
  String name();

  /**
   * Takes the result to the receiver, and waits for its answer, some minutes at most. The same
   * result is the same object there, however often it is delivered.
   */
  Outcome deliver(Result result);

  @Override
  void close();
}
