package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.cli.embedded.SharedCluster;
import io.radstream.schemas.Evaluation;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import io.radstream.schemas.log.KafkaClients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class TrackCommandTest {

  @TempDir private Path directory;

  @Test
  void shouldTellTensorBoardOfARunOfBefore(KafkaConnection connection) throws Exception {
    new TopicSetup(connection).create(1);
    Path tokenizer = TupleTopic.tokenizer(directory);
    TupleTopic.publish(connection, Topic.TUPLES_TRAIN, tokenizer, 8);
    List<String> words = new ArrayList<>(TupleTopic.train(connection, tokenizer, directory));
    words.add("--steps=2");
    String run = Invocation.of(words.toArray(String[]::new)).json().get("run_id").asText();
    Path logs = directory.resolve("logs");
    evaluation(connection, run);

    Invocation told =
        Invocation.on(connection, "track", "tensorboard", "--line=tiny", "--log-dir=" + logs);

    // Two steps, a checkpoint and an evaluation.
    assertThat(told.json().get("records").asLong()).isEqualTo(4);
    try (Stream<Path> files = Files.list(logs.resolve("tiny").resolve(run))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .satisfiesExactlyInAnyOrder(
              name -> assertThat(name).startsWith("events.out.tfevents."),
              name -> assertThat(name).isEqualTo("settings"),
              name -> assertThat(name).isEqualTo("evaluations"));
    }
    try (Stream<Path> files = Files.list(logs.resolve("tiny").resolve(run + "/evaluations"))) {
      assertThat(files)
          .singleElement()
          .satisfies(file -> assertThat(file.getFileName().toString()).endsWith(".tiny-e"));
    }
    assertThat(
            Invocation.on(connection, "track", "tensorboard", "--line=x", "--log-dir=" + logs)
                .json()
                .get("records")
                .asLong())
        .isZero();
  }

  /** Of the run's checkpoint, in two parts. */
  private static void evaluation(KafkaConnection connection, String run) throws Exception {
    String topic = connection.topics().of(Topic.EVALUATIONS);
    try (RecordSerde<Evaluation> serde = RecordSerde.of(Evaluation.class, connection);
        Producer<String, byte[]> producer = KafkaClients.of(connection).producer()) {
      for (int part = 0; part < 2; part++) {
        Evaluation record =
            Evaluation.newBuilder()
                .setEvaluationId("tiny-e")
                .setTime(Instant.EPOCH)
                .setCheckpointId("tiny-000000002")
                .setCheckpointDigest("00")
                .setLine("tiny")
                .setRunId(run)
                .setSplit("tuples.test")
                .setReading(1)
                .setRanges(List.of())
                .setStudies(0)
                .setPatients(0)
                .setUnlabelled(0)
                .setWithdrawn(0)
                .setUnreadable(0)
                .setFindings(List.of())
                .setOperatingRule("youden")
                .setOperatingSplit("tuples.validation")
                .setOperatingRanges(List.of())
                .setBootstrapSeed(1)
                .setBootstrapDraws(50)
                .setLevel(0.95)
                .setPart(part)
                .setParts(2)
                .setPredictions(List.of())
                .build();
        byte[] value = serde.serializer().serialize(topic, record);
        producer.send(new ProducerRecord<>(topic, "tiny-e", value)).get();
      }
    }
  }

  @Test
  void shouldRefuseWhatIsNoServer(KafkaConnection connection) {
    Invocation refused = Invocation.on(connection, "track", "mlflow", "--tracking-uri=chest");

    assertThat(refused.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(refused.err()).contains("--tracking-uri", "http://");
  }
}
