package io.radstream.producers.publish;

import java.util.Optional;

/** Takes parts of studies to the cluster. Thread-safe. */
public interface PartSink {

  /**
   * Sends items on, or counts why they are none. Waits where the cluster is slower than the source.
   * What is accepted first is sent first.
   *
   * @param receipt is told once what became of it, maybe on another thread
   */
  void accept(Consignment consignment, Receipt receipt);

  /** Sends one item on, of which nothing is remembered. */
  default void accept(SourceItem item, Receipt receipt) {
    accept(Consignment.of(item), receipt);
  }

  /**
   * What the newest acknowledged mark of this key says, of this run or of an earlier one under the
   * same name.
   */
  Optional<String> recall(String key);

  /** False once the cluster has failed, so that the next part would fare no better. */
  boolean isOpen();
}
