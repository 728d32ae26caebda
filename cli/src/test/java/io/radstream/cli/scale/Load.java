package io.radstream.cli.scale;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.log.KafkaClients;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends records, the same under the same number, and keyed by it. */
final class Load implements AutoCloseable {

  private static final long BEGIN_MILLIS = 1_767_225_600_000L;

  private final String topic;
  private final int partitions;
  private final IntFunction<byte[]> values;
  private final Producer<String, byte[]> producer;
  private volatile boolean stopped;
  private int sent;

  /**
   * @param values records by number
   */
  Load(KafkaConnection connection, String topic, int partitions, IntFunction<byte[]> values) {
    this.topic = topic;
    this.partitions = partitions;
    this.values = values;
    this.producer = KafkaClients.of(connection).producer();
  }

  static String key(int number) {
    return "study-" + number;
  }

  /** So many more, as fast as they go. */
  @SuppressWarnings("FutureReturnValueIgnored") // flushed, and counted by what comes of it
  void send(int count) {
    for (int i = 0; i < count; i++) {
      int number = sent++;
      producer.send(
          new ProducerRecord<>(
              topic, null, BEGIN_MILLIS + number, key(number), values.apply(number)));
    }
    producer.flush();
  }

  /** A batch of as many records as there are partitions after the other, until stopped. */
  Thread steadily(int batchesASecond) {
    Thread thread =
        new Thread(
            () -> {
              while (!stopped) {
                send(partitions);
                try {
                  TimeUnit.MILLISECONDS.sleep(1000 / batchesASecond);
                } catch (InterruptedException e) {
                  return;
                }
              }
            },
            "load");
    thread.start();
    return thread;
  }

  void stop(Thread steady) throws InterruptedException {
    stopped = true;
    steady.join();
  }

  int sent() {
    return sent;
  }

  @Override
  public void close() {
    stopped = true;
    producer.close();
  }
}
