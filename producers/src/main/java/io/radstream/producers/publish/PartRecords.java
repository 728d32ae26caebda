package io.radstream.producers.publish;

import org.apache.kafka.clients.producer.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the outcome of all records of a part, then tells its receipt. Thread-safe. */
final class PartRecords {

  private static final Logger LOG = LoggerFactory.getLogger(PartRecords.class);

  private final Receipt receipt;
  private int open;
  private String failure = "";

  /**
   * @param records of the part, at least one
   */
  PartRecords(Receipt receipt, int records) {
    this.receipt = receipt;
    this.open = records;
  }

  /**
   * For one record.
   *
   * @param size of its value
   * @param deliveries where it counts
   */
  Callback expect(int size, Deliveries deliveries) {
    return (metadata, exception) -> {
      if (exception == null) {
        deliveries.succeeded(size);
      } else {
        deliveries.failed(exception);
      }
      ended(exception);
    };
  }

  private void ended(Exception exception) {
    String told;
    synchronized (this) {
      if (exception != null) {
        failure = Deliveries.explain(exception);
      }
      open--;
      if (open > 0) {
        return;
      }
      told = failure;
    }
    tell(told);
  }

  /** On the producer's only thread: whatever fails here must not end it. */
  private void tell(String told) {
    try {
      if (told.isEmpty()) {
        receipt.acknowledged();
      } else {
        receipt.failed(told);
      }
    } catch (RuntimeException | Error e) {
      LOG.error("whoever sent a part cannot be told what became of it", e);
    }
  }
}
