package io.radstream.producers.publish;

import org.apache.kafka.clients.producer.Callback;

/** Waits for the outcome of all records of a sending, then tells its receipt. Thread-safe. */
final class PartRecords {

  private final Sending sending;
  private int open;
  private String failure = "";

  /**
   * @param records of the sending, at least one
   */
  PartRecords(Sending sending, int records) {
    this.sending = sending;
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
      sending.acknowledged();
    } else {
      sending.failed(told);
    }
  }
}
