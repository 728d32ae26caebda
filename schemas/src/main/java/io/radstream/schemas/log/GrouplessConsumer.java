package io.radstream.schemas.log;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Closes at once. Without a group there is nothing to tell the broker at the end but that a fetch
 * session is over. The broker would hear that only behind the fetch under way, which lasts half a
 * second where nothing comes, and it lets go of such a session by itself.
 */
final class GrouplessConsumer extends KafkaConsumer<byte[], byte[]> {

  GrouplessConsumer(Map<String, Object> config) {
    super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public void close() {
    close(CloseOptions.timeout(Duration.ZERO));
  }
}
