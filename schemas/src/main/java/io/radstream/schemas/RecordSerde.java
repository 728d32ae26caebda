package io.radstream.schemas;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Values in the Confluent wire format: magic 0, four bytes of schema id, then Avro. The schema is
 * registered under {@code <topic>-value} at the first write, which is Confluent's. Where we would
 * have written the same, we write those behind it, with fewer copies of the pixels.
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

  private static final int MAGIC_AND_SCHEMA_ID = 5;

  /** Of a topic that Confluent's serializer writes otherwise than we would. */
  private static final byte[] NOT_OURS = {};

  private final Class<T> type;
  private final SpecificDatumWriter<T> writer;

  /** By topic: what each value begins with. */
  private final Map<String, byte[]> beginnings = new ConcurrentHashMap<>();

  private final KafkaAvroSerializer serializer = new KafkaAvroSerializer();
  private final KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer();

  private RecordSerde(Class<T> type, Map<String, Object> registryConfig) {
    this.type = type;
    this.writer = new SpecificDatumWriter<>(type);
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
        return write(topic, value);
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

  private byte[] write(String topic, T value) {
    byte[] beginning = beginnings.get(topic);
    if (beginning != null && beginning != NOT_OURS && value != null) {
      return written(beginning, value);
    }
    byte[] first = serializer.serialize(topic, value);
    if (beginning == null && first != null && first.length > MAGIC_AND_SCHEMA_ID) {
      byte[] begins = Arrays.copyOf(first, MAGIC_AND_SCHEMA_ID);
      beginnings.put(topic, Arrays.equals(first, written(begins, value)) ? begins : NOT_OURS);
    }
    return first;
  }

  private byte[] written(byte[] beginning, T value) {
    GatheredBytes bytes = new GatheredBytes();
    try {
      bytes.write(beginning);
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
      writer.write(value, encoder);
      encoder.flush();
    } catch (IOException | RuntimeException e) {
      // Avro meets a value that does not fit its schema with many kinds of runtime exception.
      throw new SerializationException("cannot write a " + type.getSimpleName(), e);
    }
    return bytes.all();
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
