package io.radstream.trainer;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TrainingMetric;
import io.radstream.trainer.kafka.KafkaClients;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends figures to the metrics topic, without waiting: a run does not stop for a lost figure. */
final class MetricsPublisher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MetricsPublisher.class);

  private final Producer<String, byte[]> producer;
  private final RecordSerde<TrainingMetric> serde;
  private final String topic;
  private final String runId;
  private final String line;
  private final Clock clock;
  private final AtomicBoolean failed = new AtomicBoolean();

  MetricsPublisher(
      KafkaClients clients, KafkaConnection connection, String runId, String line, Clock clock) {
    this.producer = clients.producer();
    this.serde = RecordSerde.of(TrainingMetric.class, connection);
    this.topic = connection.topics().of(Topic.TRAINING_METRICS);
    this.runId = runId;
    this.line = line;
    this.clock = clock;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback tells of a failure
  void publish(long step, Map<String, Double> values) {
    TrainingMetric metric =
        TrainingMetric.newBuilder()
            .setRunId(runId)
            .setLine(line)
            .setStep(step)
            .setTime(clock.instant())
            .setValues(values)
            .build();
    try {
      byte[] value = serde.serializer().serialize(topic, metric);
      producer.send(new ProducerRecord<>(topic, runId, value), (sent, e) -> warnOnce(e));
    } catch (KafkaException e) {
      warnOnce(e);
    }
  }

  private void warnOnce(Exception e) {
    if (e != null && failed.compareAndSet(false, true)) {
      LOG.warn("metrics are being lost; training goes on: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
