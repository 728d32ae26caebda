package io.radstream.producers.publish;

/** Takes parts of studies to the cluster. Thread-safe. */
public interface PartSink {

  /**
   * Sends a part on, or counts why it is none. Waits where the cluster is slower than the source.
   *
   * @param receipt is told once what became of it, maybe on another thread
   */
  void accept(SourceItem item, Receipt receipt);

  /** False once the cluster has failed, so that the next part would fare no better. */
  boolean isOpen();
}
