package io.radstream.trainer.figures;

import io.radstream.schemas.Alarm;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TrainingMetric;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes the records of a run's figures. */
public final class MetricRecords {

  private final RecordSerde<TrainingMetric> serde;
  private final String topic;
  private final String runId;
  private final String line;
  private final Clock clock;

  public MetricRecords(KafkaConnection connection, String runId, String line, Clock clock) {
    this.serde = RecordSerde.of(TrainingMetric.class, connection);
    this.topic = connection.topics().of(Topic.TRAINING_METRICS);
    this.runId = runId;
    this.line = line;
    this.clock = clock;
  }

  public ProducerRecord<String, byte[]> of(
      long step, Map<String, Double> values, List<Alarm> alarms) {
    TrainingMetric metric =
        TrainingMetric.newBuilder()
            .setRunId(runId)
            .setLine(line)
            .setStep(step)
            .setTime(clock.instant())
            .setValues(values)
            .setAlarms(alarms)
            .build();
    return new ProducerRecord<>(topic, runId, serde.serializer().serialize(topic, metric));
  }
}
