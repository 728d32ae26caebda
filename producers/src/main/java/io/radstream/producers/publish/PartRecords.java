package io.radstream.producers.publish;

import org.apache.kafka.clients.producer.Callback;

/** Waits for the outcome of all records of a part, then tells its receipt. Thread-safe. */
final class PartRecords {

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
    if (told.isEmpty()) {
      receipt.acknowledged();
    } else {
      receipt.failed(told);
    }
  }
}
