package io.radstream.schemas.log;

import io.radstream.schemas.KafkaConnection;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes the clients that a run needs; whoever asks for one closes it. */
public interface KafkaClients {

  /** A consumer without a group, reading what was committed; it never chooses an offset itself. */
  Consumer<byte[], byte[]> consumer();

  /** A producer of values in the wire format. */
  Producer<String, byte[]> producer();

  /**
   * The same, for transactions; an older producer of that id can write nothing once this one has
   * begun.
   */
  Producer<String, byte[]> transactionalProducer(String id);

  /**
   * How these topics are kept: settings by name, by topic. What is not known is left out, and all
   * of it where there is no broker to be asked.
   */
  default Map<String, Map<String, String>> settings(Collection<String> topics) {
    return Map.of();
  }

  /** Clients of a real cluster. */
  static KafkaClients of(KafkaConnection connection) {
    return new KafkaClients() {
      @Override
      public Consumer<byte[], byte[]> consumer() {
        return new GrouplessConsumer(consumerConfig(connection));
      }

      @Override
      public Producer<String, byte[]> producer() {
        return new KafkaProducer<>(
            connection.producerConfig(), new StringSerializer(), new ByteArraySerializer());
      }

      @Override
      public Producer<String, byte[]> transactionalProducer(String id) {
        Map<String, Object> config = connection.producerConfig();
        config.put("transactional.id", id);
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
      }

      @Override
      public Map<String, Map<String, String>> settings(Collection<String> topics) {
        return TopicSettings.read(connection, topics);
      }
    };
  }

  private static Map<String, Object> consumerConfig(KafkaConnection connection) {
    Map<String, Object> config = connection.consumerConfig();
    config.putIfAbsent("max.partition.fetch.bytes", 16 * 1024 * 1024);
    config.putIfAbsent("max.poll.records", 100);
    config.putIfAbsent("allow.auto.create.topics", false);
    // An offset that is gone must be an error, never silently another study.
    config.put("auto.offset.reset", "none");
    return config;
  }
}
