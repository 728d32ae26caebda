package io.radstream.serving.arrivals;

import io.radstream.schemas.KafkaConnection;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes the clients that share a topic's partitions out and write once. */
interface ArrivalClients {

  /** What is read where the group has no place, or one that the topic no longer holds. */
  enum Elsewhere {
    AS_SET,
    /** Nothing: whoever asks is told. */
    NOTHING
  }

  /** Reads what was committed; the group keeps its place. */
  Consumer<byte[], byte[]> consumer();

  /** Its transactions have not begun. */
  Producer<String, byte[]> producer();

  /**
   * @param group that the instances of a service share
   * @param instance name of this one that no other has
   * @param most records at a time
   */
  static ArrivalClients of(
      KafkaConnection connection, String group, String instance, int most, Elsewhere elsewhere) {
    return new ArrivalClients() {
      @Override
      public Consumer<byte[], byte[]> consumer() {
        Map<String, Object> config = connection.consumerConfig();
        config.put("group.id", group);
        config.put("max.poll.records", most);
        if (elsewhere == Elsewhere.NOTHING) {
          config.put("auto.offset.reset", "none");
        }
        config.putIfAbsent("max.partition.fetch.bytes", 16 * 1024 * 1024);
        // One that was killed is missed soon: studies of its partitions wait until then.
        config.putIfAbsent("session.timeout.ms", 10_000);
        // Each of a study's pictures at full resolution may be waited for for two minutes.
        config.putIfAbsent("max.poll.interval.ms", 15 * 60_000);
        config.put("allow.auto.create.topics", false);
        return new KafkaConsumer<>(
            config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      }

      @Override
      public Producer<String, byte[]> producer() {
        Map<String, Object> config = connection.producerConfig();
        config.put("transactional.id", group + "." + instance);
        // Whoever gets the partitions of one that was killed waits for so long at most.
        config.putIfAbsent("transaction.timeout.ms", 10_000);
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
      }
    };
  }
}
