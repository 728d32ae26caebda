package io.radstream.serving.decisions;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.ModelDecision;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes {@code models.decisions}, on a thread of its own. It gives up sooner than whoever waits
 * for a decision, so that one that was told to have failed does not arrive later. After a failure
 * the next one begins with a new producer.
 */
public final class DecisionTopic implements DecisionLog.Outlet, AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final int DELIVERY_MILLIS = 3_500;
  private static final int REQUEST_MILLIS = 3_000;

  private final String topic;
  private final Supplier<Producer<String, byte[]>> producers;
  private final Serializer<ModelDecision> serializer;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made = new Thread(task, "decisions");
            made.setDaemon(true);
            return made;
          });

  /** The thread's. */
  private Optional<Producer<String, byte[]>> open = Optional.empty();

  /**
   * @param producers opens a producer; asked again after a failure
   */
  DecisionTopic(
      String topic,
      Supplier<Producer<String, byte[]>> producers,
      Serializer<ModelDecision> serializer) {
    this.topic = topic;
    this.producers = producers;
    this.serializer = serializer;
    // Who decides first may be a thread of low priority, and what it begins is of its kind.
    thread.execute(() -> {});
  }

  public static DecisionTopic of(KafkaConnection connection) {
    return new DecisionTopic(
        connection.topics().of(Topic.MODELS_DECISIONS),
        () ->
            new KafkaProducer<>(
                config(connection), new StringSerializer(), new ByteArraySerializer()),
        RecordSerde.of(ModelDecision.class, connection).serializer());
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
  public void send(ModelDecision decision, BooleanSupplier wanted, Consumer<Throwable> failed) {
    try {
      thread.execute(() -> sendNow(decision, wanted, failed));
    } catch (RejectedExecutionException e) {
      failed.accept(new IllegalStateException("the service has stopped", e));
    }
  }

  private void sendNow(ModelDecision decision, BooleanSupplier wanted, Consumer<Throwable> failed) {
    try {
      byte[] value = serializer.serialize(topic, decision);
      if (wanted.getAsBoolean()) {
        producer().send(new ProducerRecord<>(topic, decision.getService(), value)).get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed.accept(e);
    } catch (Exception | Error e) {
      // Whatever it was, the next decision begins anew.
      close(Duration.ZERO);
      failed.accept(e.getCause() == null ? e : e.getCause());
    }
  }

  private Producer<String, byte[]> producer() {
    Producer<String, byte[]> producer = open.orElseGet(producers);
    open = Optional.of(producer);
    return producer;
  }

  private void close(Duration grace) {
    Optional<Producer<String, byte[]>> closing = open;
    open = Optional.empty();
    closing.ifPresent(producer -> producer.close(grace));
  }

  @Override
  public void close() {
    if (thread.isShutdown()) {
      return;
    }
    thread.execute(
        () -> {
          close(GRACE);
          serializer.close();
        });
    thread.shutdown();
  }
}
