package io.radstream.cli.topics;

import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record of a topic, decoded where that is possible.
 *
 * @param time of the record
 * @param bytes of its value; -1 for none
 * @param problem why it cannot be decoded; empty where it can, or where there is no value
 */
public record FoundRecord(
    int partition,
    long offset,
    Optional<String> key,
    Instant time,
    int bytes,
    Optional<SpecificRecord> value,
    String problem) {

  static FoundRecord of(
      ConsumerRecord<byte[], byte[]> record,
      Class<? extends SpecificRecord> type,
      KafkaConnection connection) {
    Optional<SpecificRecord> value = Optional.empty();
    String problem = "";
    if (record.value() != null) {
      Decoded<?> decoded =
          new RecordReader<>(type, connection).read(record.topic(), record.value());
      if (decoded instanceof Decoded.Valid<?> valid) {
        value = Optional.of((SpecificRecord) valid.value());
      } else if (decoded instanceof Decoded.Invalid<?> invalid) {
        problem = invalid.reason() + ": " + invalid.message();
      }
    }
    return new FoundRecord(
        record.partition(),
        record.offset(),
        Optional.ofNullable(record.key()).map(it -> new String(it, StandardCharsets.UTF_8)),
        Instant.ofEpochMilli(record.timestamp()),
        record.serializedValueSize(),
        value,
        problem);
  }
}
