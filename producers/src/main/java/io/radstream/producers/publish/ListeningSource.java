package io.radstream.producers.publish;

/**
 * A source that hands over what comes, or what it finds, until it is closed. {@link #deliver}
 * returns when all that had come by then is handed over.
 */
public interface ListeningSource extends StudySource, AutoCloseable {

  /** Takes nothing new; returns at once, and may be called from any thread, more than once. */
  @Override
  void close();
}
