package io.radstream.schemas;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Values in the Confluent wire format: magic 0, four bytes of schema id, then Avro. The schema is
 * registered under {@code <topic>-value} at the first write.
 *
 * <p>Deserializing throws {@link SerializationException} where the bytes are not a record of this
 * type; {@link RecordReader} tells the reasons apart.
 *
 * @param <T> the record type
 */
public final class RecordSerde<T extends SpecificRecord> implements Serde<T> {

  static {
    TrustedRecords.register();
  }

  private final Class<T> type;
  private final KafkaAvroSerializer serializer = new KafkaAvroSerializer();
  private final KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer();

  private RecordSerde(Class<T> type, Map<String, Object> registryConfig) {
    this.type = type;
    serializer.configure(registryConfig, false);
    deserializer.configure(registryConfig, false);
  }

  public static <T extends SpecificRecord> RecordSerde<T> of(
      Class<T> type, KafkaConnection connection) {
    return new RecordSerde<>(type, connection.registryConfig());
  }

  @Override
  public Serializer<T> serializer() {
    return new Serializer<>() {
      @Override
      public byte[] serialize(String topic, T value) {
        return serializer.serialize(topic, value);
      }

      @Override
      public void close() {
        serializer.close();
      }
    };
  }

  @Override
  public Deserializer<T> deserializer() {
    return new Deserializer<>() {
      @Override
      public T deserialize(String topic, byte[] bytes) {
        return read(topic, bytes);
      }

      @Override
      public void close() {
        deserializer.close();
      }
    };
  }

  private T read(String topic, byte[] bytes) {
    Object value = deserializer.deserialize(topic, bytes);
    if (value != null && !type.isInstance(value)) {
      throw new SerializationException(
          "expected a " + type.getSimpleName() + " on topic " + topic + ", found another record");
    }
    return type.cast(value);
  }
}
