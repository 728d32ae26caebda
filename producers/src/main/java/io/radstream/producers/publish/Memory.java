package io.radstream.producers.publish;

import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.SourceMark;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;

/**
 * The acknowledged marks of a publisher, by their key on the topic; some 200 bytes of memory each.
 * Thread-safe.
 */
final class Memory {

  private final KafkaClients clients;
  private final String topic;
  private final String prefix;
  private final RecordReader<SourceMark> reader;
  private final Map<String, String> values = new ConcurrentHashMap<>();
  private volatile Optional<Consumer<byte[], byte[]>> loading = Optional.empty();
  private volatile boolean cutOff;

  /**
   * @param publisher whose marks they are
   */
  Memory(KafkaClients clients, KafkaConnection connection, String publisher) {
    this.clients = clients;
    this.topic = connection.topics().of(Topic.PUBLISH_POSITIONS);
    this.prefix = publisher + "/";
    this.reader = new RecordReader<>(SourceMark.class, connection);
  }

  /** Takes what the topic has, to its present end. */
  void load() {
    try (Consumer<byte[], byte[]> consumer = clients.consumer();
        TopicScan scan = new TopicScan(consumer, topic)) {
      loading = Optional.of(consumer);
      if (cutOff) {
        throw new WakeupException();
      }
      scan.toEnd(this::take);
    } finally {
      loading = Optional.empty();
    }
  }

  /** Ends a {@link #load} under way, and each later one, with an exception. */
  void cutOff() {
    cutOff = true;
    loading.ifPresent(Consumer::wakeup);
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null || record.value() == null) {
      return;
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (key.startsWith(prefix)
        && reader.read(topic, record.value()) instanceof Decoded.Valid<SourceMark> mark) {
      values.put(key, mark.value().getValue());
    }
  }

  Optional<String> recall(String key) {
    return Optional.ofNullable(values.get(key));
  }

  void remember(Map<String, String> marks) {
    values.putAll(marks);
  }
}
