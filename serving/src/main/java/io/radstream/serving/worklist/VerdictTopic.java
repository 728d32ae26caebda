package io.radstream.serving.worklist;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes verdicts to {@code labels}, one at a time, under the study's id. It gives up within
 * seconds; after a failure the next one begins with a new producer. Thread-safe.
 */
final class VerdictTopic implements VerdictOutlet {

  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final int DELIVERY_MILLIS = 8_000;
  private static final int REQUEST_MILLIS = 5_000;

  private final String topic;
  private final Supplier<Producer<String, byte[]>> producers;
  private final Serializer<LabelledStudy> serializer;
  private Optional<Producer<String, byte[]>> open = Optional.empty();

  VerdictTopic(
      String topic,
      Supplier<Producer<String, byte[]>> producers,
      Serializer<LabelledStudy> serializer) {
    this.topic = topic;
    this.producers = producers;
    this.serializer = serializer;
  }

  static VerdictTopic of(KafkaConnection connection) {
    return new VerdictTopic(
        connection.topics().of(Topic.LABELS),
        () ->
            new KafkaProducer<>(
                config(connection), new StringSerializer(), new ByteArraySerializer()),
        RecordSerde.of(LabelledStudy.class, connection).serializer());
  }

  private static Map<String, Object> config(KafkaConnection connection) {
    Map<String, Object> config = connection.producerConfig();
    config.put("linger.ms", 0);
    config.put("request.timeout.ms", REQUEST_MILLIS);
    config.put("delivery.timeout.ms", DELIVERY_MILLIS);
    config.put("max.block.ms", DELIVERY_MILLIS);
    return config;
  }

  @Override
  public synchronized void write(LabelledStudy verdict) throws UnrecordedVerdictException {
    try {
      byte[] value = serializer.serialize(topic, verdict);
      Producer<String, byte[]> producer = open.orElseGet(producers);
      open = Optional.of(producer);
      producer.send(new ProducerRecord<>(topic, verdict.getId(), value)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close(Duration.ZERO);
      throw new UnrecordedVerdictException(e);
    } catch (ExecutionException e) {
      close(Duration.ZERO);
      throw new UnrecordedVerdictException(e.getCause());
    } catch (RuntimeException e) {
      close(Duration.ZERO);
      throw new UnrecordedVerdictException(e);
    }
  }

  private void close(Duration grace) {
    open.ifPresent(producer -> producer.close(grace));
    open = Optional.empty();
  }

  @Override
  public synchronized void close() {
    close(GRACE);
    serializer.close();
  }
}
