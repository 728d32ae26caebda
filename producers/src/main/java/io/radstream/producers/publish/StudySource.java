package io.radstream.producers.publish;

/**
 * Where studies come from. A source is read to its end ({@link ReadSource}), or it listens and
 * hands over what comes until it is closed: then {@link #deliver} returns when everything is handed
 * over.
 */
public interface StudySource {

  /** What a published study says of its origin, for example {@code jsonl}. */
  String name();

  /**
   * Hands every part to the sink, from one thread or several.
   *
   * @throws java.io.UncheckedIOException where the source itself cannot be read
   */
  void deliver(PartSink sink);
}
