package io.radstream.schemas.log;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record whose value cannot be read, and what is known of it all the same.
 *
 * @param key what it is about, unless its writer left that out; maybe nothing that Radstream wrote,
 *     and so not for the log
 */
public record UnreadableRecord(int partition, long offset, Optional<String> key) {

  static UnreadableRecord of(ConsumerRecord<byte[], byte[]> message) {
    return new UnreadableRecord(
        message.partition(),
        message.offset(),
        Optional.ofNullable(message.key()).map(key -> new String(key, StandardCharsets.UTF_8)));
  }
}
