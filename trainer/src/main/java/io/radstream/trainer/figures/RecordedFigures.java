package io.radstream.trainer.figures;

import io.radstream.schemas.Alarm;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TrainingMetric;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a run published of its steps.
 *
 * @param values of a step by name
 * @param alarms of drift, by the step at which they were noticed
 */
public record RecordedFigures(
    NavigableMap<Long, Map<String, Double>> values, NavigableMap<Long, List<Alarm>> alarms) {

  private static final String VALIDATION = "validation_";
  private static final String SECONDS = "_seconds";
  private static final String RETRIEVAL = "retrieval_";

  /**
   * Reads the metrics topic once; records that cannot be read are left out.
   *
   * @throws IllegalStateException where there is no such topic
   */
  public static RecordedFigures read(
      KafkaClients clients, KafkaConnection connection, String runId) {
    String topic = connection.topics().of(Topic.TRAINING_METRICS);
    RecordReader<TrainingMetric> reader = new RecordReader<>(TrainingMetric.class, connection);
    byte[] key = runId.getBytes(StandardCharsets.UTF_8);
    RecordedFigures found = new RecordedFigures(new TreeMap<>(), new TreeMap<>());
    try (TopicScan scan = new TopicScan(clients.consumer(), topic)) {
      scan.toEnd(
          record -> {
            if (Arrays.equals(record.key(), key)
                && reader.read(topic, record.value())
                    instanceof Decoded.Valid<TrainingMetric> metric) {
              found.add(metric.value());
            }
          });
    }
    return found;
  }

  private void add(TrainingMetric metric) {
    values.computeIfAbsent(metric.getStep(), step -> new HashMap<>()).putAll(metric.getValues());
    if (!metric.getAlarms().isEmpty()) {
      alarms.put(metric.getStep(), List.copyOf(metric.getAlarms()));
    }
  }

  /** What was measured on studies that are not learned from, by the step; only such steps. */
  public NavigableMap<Long, Map<String, Double>> validations() {
    NavigableMap<Long, Map<String, Double>> measured = new TreeMap<>();
    values.forEach(
        (step, all) -> {
          Map<String, Double> of = new TreeMap<>(all);
          of.keySet().removeIf(name -> !isMeasured(name));
          if (!of.isEmpty()) {
            measured.put(step, of);
          }
        });
    return measured;
  }

  /** How long it took is no figure of the network. */
  private static boolean isMeasured(String name) {
    return (name.startsWith(VALIDATION) || name.startsWith(RETRIEVAL)) && !name.endsWith(SECONDS);
  }
}
