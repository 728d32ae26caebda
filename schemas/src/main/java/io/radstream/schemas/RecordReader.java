package io.radstream.schemas;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.EOFException;
import java.io.IOException;
import org.apache.avro.InvalidNumberEncodingException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads record values and tells a bad record, which is to be set aside, from a registry that cannot
 * be reached, which is to be waited for.
 *
 * @param <T> the record type
 */
public final class RecordReader<T extends SpecificRecord> {

  private static final int MAGIC_AND_SCHEMA_ID = 5;

  private final Deserializer<T> deserializer;
  private final String registry;

  public RecordReader(Class<T> type, KafkaConnection connection) {
    this.deserializer = RecordSerde.of(type, connection).deserializer();
    this.registry = connection.registry();
  }

  /**
   * @param topic the topic that the bytes were read from
   * @param bytes the record's value; may be null or anything else
   * @throws RegistryUnavailableException where the registry did not answer: the record may be good
   */
  public Decoded<T> read(String topic, byte[] bytes) {
    if (bytes == null || bytes.length < MAGIC_AND_SCHEMA_ID || bytes[0] != 0) {
      return new Decoded.Invalid<>(
          RejectionReason.NOT_AVRO, "value is not in the Confluent wire format (magic byte 0)");
    }
    try {
      return new Decoded.Valid<>(deserializer.deserialize(topic, bytes));
    } catch (SerializationException | RetriableException e) {
      return explain(topic, e);
    } catch (RuntimeException e) {
      // Avro meets a hostile payload with many kinds of runtime exception.
      return invalid();
    }
  }

  private Decoded<T> explain(String topic, RuntimeException e) {
    if (e.getCause() instanceof RestClientException rest) {
      if (RegistryRefusal.isMissing(rest)) {
        return new Decoded.Invalid<>(
            RejectionReason.UNKNOWN_SCHEMA, "the schema id is not in the registry");
      }
      throw new RegistryUnavailableException(topic, RegistryRefusal.text(registry, rest), e);
    }
    if (e.getCause() instanceof IOException io && !isOfTheRecord(io)) {
      throw new RegistryUnavailableException(
          topic, "schema registry %s does not answer".formatted(registry), e);
    }
    return invalid();
  }

  /** Avro tells some of what is wrong with bytes as if they could not be read. */
  private static boolean isOfTheRecord(IOException e) {
    return e instanceof EOFException || e instanceof InvalidNumberEncodingException;
  }

  private Decoded<T> invalid() {
    return new Decoded.Invalid<>(
        RejectionReason.INVALID_RECORD, "value does not match the schema it names");
  }
}
