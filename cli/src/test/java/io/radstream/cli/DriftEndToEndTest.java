package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.cli.embedded.SharedCluster;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.Alarm;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import io.radstream.schemas.TrainingMetric;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import io.radstream.streams.StageConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A run follows phantoms of one hospital; then another hospital's come in. */
@ExtendWith(SharedCluster.class)
class DriftEndToEndTest {

  private static final int BATCH = 8;

  @TempDir private Path folder;

  @Test
  @Timeout(300) // a hang must fail, not stall the build
  void shouldAlarmWhereAnotherHospitalBeginsAndNotBefore(KafkaConnection cluster) throws Exception {
    KafkaConnection connection = TupleTopic.prefixed(cluster, "drift.");
    new TopicSetup(connection).create(1);
    publish(connection, "NORTH", 320);
    Path tokenizer = StagedStudies.in(folder, connection);
    long north = tuples(connection);
    publish(connection, "SOUTH", 100);
    stream(connection, tokenizer);
    long steps = tuples(connection) / BATCH;

    follow(connection, tokenizer, steps);

    List<TrainingMetric> metrics = metrics(connection);
    assertThat(metrics)
        .filteredOn(metric -> metric.getStep() <= north / BATCH)
        .allSatisfy(metric -> assertThat(metric.getAlarms()).isEmpty());
    assertThat(metrics)
        .flatExtracting(TrainingMetric::getAlarms)
        .extracting(Alarm::getStatistic)
        .contains("report_length", "token_surprise", "contrast")
        .doesNotHaveDuplicates();
  }

  private void follow(KafkaConnection connection, Path tokenizer, long steps) throws IOException {
    Invocation.on(
            connection,
            "train",
            "--follow",
            "--tokenizer=" + tokenizer,
            "--store=" + folder.resolve("store"),
            "--steps=" + steps,
            "--replay-ratio=0",
            "--set=batch=" + BATCH,
            "--set=drift.window=40",
            "--set=drift.reference=200",
            "--set=checkpoint.every=1000",
            "--set=validation.every=1000",
            "--set=model.radiograph={imageSize: 16, width: 16, layers: 1, heads: 2}",
            "--set=model.report={width: 16, layers: 1, heads: 2, mlp: 32}",
            "--set=model.text={width: 16, layers: 1, heads: 2, mlp: 32}")
        .json();
  }

  private static void publish(KafkaConnection connection, String site, int studies)
      throws IOException {
    Invocation.on(
            connection,
            "publish",
            "synthetic",
            "--phantom-site=" + site,
            "--studies=" + studies,
            "--view-size=64")
        .json();
  }

  private void stream(KafkaConnection connection, Path tokenizer) throws Exception {
    try (ReportTokenizers tokenizers = ReportTokenizers.load(tokenizer, Optional.empty())) {
      StagedStudies.stage(folder, connection, StageConfig.of(tokenizers));
    }
  }

  private static long tuples(KafkaConnection connection) {
    List<String> keys = new ArrayList<>();
    try (TopicScan scan =
        new TopicScan(
            KafkaClients.of(connection).consumer(), connection.topics().of(Topic.TUPLES_TRAIN))) {
      scan.toEnd(record -> keys.add("a tuple"));
    }
    return keys.size();
  }

  private static List<TrainingMetric> metrics(KafkaConnection connection) {
    String topic = connection.topics().of(Topic.TRAINING_METRICS);
    List<TrainingMetric> metrics = new ArrayList<>();
    try (RecordSerde<TrainingMetric> serde = RecordSerde.of(TrainingMetric.class, connection);
        TopicScan scan = new TopicScan(KafkaClients.of(connection).consumer(), topic)) {
      scan.toEnd(record -> metrics.add(serde.deserializer().deserialize(topic, record.value())));
    }
    return metrics;
  }
}
