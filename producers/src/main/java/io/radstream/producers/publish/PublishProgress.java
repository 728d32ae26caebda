package io.radstream.producers.publish;

/** Told of every item as soon as it was handed to the producer or refused. */
@FunctionalInterface
public interface PublishProgress {

  /** Nobody looks. */
  PublishProgress NONE = items -> {};

  /**
   * @param items handled so far
   */
  void advanced(long items);
}
