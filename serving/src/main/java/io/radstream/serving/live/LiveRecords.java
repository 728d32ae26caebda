package io.radstream.serving.live;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.LiveModel;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.serving.score.ModelIdentity;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes {@code models.live} for one instance of the service. Its methods may wait for the broker
 * and the registry, but never fail; after a failure the next call begins with a new producer. For
 * one thread.
 */
final class LiveRecords implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveRecords.class);
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final String topic;
  private final String instance;
  private final Supplier<Producer<String, byte[]>> producers;
  private final Serializer<LiveModel> serializer;
  private final InstantSource clock;

  /** Whether the last that was heard of the broker is a failure; heard on the producer's thread. */
  private final AtomicBoolean away = new AtomicBoolean();

  private Optional<Producer<String, byte[]>> open = Optional.empty();
  private boolean said;

  /**
   * @param instance name of this service, the records' key
   * @param producers opens a producer; asked again after a failure
   */
  LiveRecords(
      String topic,
      String instance,
      Supplier<Producer<String, byte[]>> producers,
      Serializer<LiveModel> serializer,
      InstantSource clock) {
    this.topic = topic;
    this.instance = instance;
    this.producers = producers;
    this.serializer = serializer;
    this.clock = clock;
  }

  static LiveRecords of(KafkaConnection connection, String instance, InstantSource clock) {
    return new LiveRecords(
        connection.topics().of(Topic.MODELS_LIVE),
        instance,
        KafkaClients.of(connection)::producer,
        RecordSerde.of(LiveModel.class, connection).serializer(),
        clock);
  }

  void write(ModelIdentity live) {
    said = true;
    send(
        () ->
            serializer.serialize(
                topic,
                LiveModel.newBuilder()
                    .setInstance(instance)
                    .setCheckpointId(live.checkpointId())
                    .setLine(live.line())
                    .setTime(clock.instant())
                    .build()));
  }

  /** Takes back what was said, unless nothing was or the broker would not hear it. */
  void retract() {
    if (said && !away.get()) {
      send(() -> null);
    }
  }

  private void send(Supplier<byte[]> value) {
    try {
      Future<RecordMetadata> unused =
          producer()
              .send(
                  new ProducerRecord<>(topic, instance, value.get()),
                  (sent, failure) -> heard(Optional.ofNullable(failure)));
    } catch (InterruptException e) {
      // Who ends the service waits no longer; readers forget what is not said again.
      away.set(true);
    } catch (RuntimeException | Error e) {
      // Whatever it was, the service must go on, and the next beat must come.
      heard(Optional.of(e));
    }
  }

  private Producer<String, byte[]> producer() {
    if (away.get()) {
      close(Duration.ZERO);
    }
    Producer<String, byte[]> producer = open.orElseGet(producers);
    open = Optional.of(producer);
    return producer;
  }

  private void heard(Optional<Throwable> failure) {
    boolean before = away.getAndSet(failure.isPresent());
    if (failure.isPresent() && !before) {
      LOG.atWarn()
          .addKeyValue("topic", topic)
          .log(
              "cannot tell which checkpoint is in use, so that a trainer may delete it; trying"
                  + " again. Is the topic there (radstream topics create), and may it be written?"
                  + " {}",
              failure.get().getMessage());
      LOG.atDebug().setCause(failure.get()).log("why it cannot be told");
    } else if (failure.isEmpty() && before) {
      LOG.atInfo().addKeyValue("topic", topic).log("the checkpoint in use is told again");
    }
  }

  /** Gives what was sent a moment to arrive. */
  @Override
  public void close() {
    close(away.get() ? Duration.ZERO : GRACE);
    serializer.close();
  }

  private void close(Duration grace) {
    Optional<Producer<String, byte[]>> closing = open;
    open = Optional.empty();
    closing.ifPresent(producer -> producer.close(grace));
  }
}
