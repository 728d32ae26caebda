package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.radstream.cli.StudyScript.Event;
import io.radstream.cli.demo.TrainerProcess;
import io.radstream.cli.embedded.ClusterSettings;
import io.radstream.cli.embedded.Distribution;
import io.radstream.cli.embedded.EmbeddedCluster;
import io.radstream.radiology.Sha256;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.radiology.report.WordPieceTrainer;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Study;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import io.radstream.schemas.trace.Tracing;
import io.radstream.streams.StageConfig;
import io.radstream.streams.StreamStage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same records in the same partitions become the same tuples, byte for byte and in the same
 * order, however the stage is run. For {@code benchmarks/stage} alone: each run has a broker of its
 * own.
 */
class StagedAlikeTest {

  private static final int STUDIES = Integer.getInteger("radstream.stage.studies", 0);
  private static final int KILLS = Integer.getInteger("radstream.stage.kills", 0);

  private static final int PARTITIONS = 4;
  private static final long BEGIN_MILLIS = 1_767_225_600_000L;
  private static final long LOOK_MILLIS = 100;
  private static final long A_DAY = Duration.ofDays(1).toMillis();
  private static final List<Topic> OUT =
      List.of(Topic.TUPLES_TRAIN, Topic.TUPLES_VALIDATION, Topic.STUDIES_REJECTED);

  @TempDir private Path directory;

  private interface Staging {

    void stage(KafkaConnection connection, Path place) throws Exception;
  }

  @Test
  void shouldWriteTheSameBytesHoweverItIsRun() throws Exception {
    assumeTrue(STUDIES > 0, "benchmarks/stage runs this");

    Map<String, List<String>> once = outcome("once", (c, p) -> instances(c, p, 1, 1));
    Map<String, List<String>> shared = outcome("shared", (c, p) -> instances(c, p, 2, 3));
    Map<String, List<String>> killed = outcome("killed", this::killAmongTwo);

    once.forEach((at, records) -> System.out.printf("%s: %d records%n", at, records.size()));
    assertThat(once).hasSize(OUT.size() * PARTITIONS);
    assertThat(shared).isEqualTo(once);
    assertThat(killed).isEqualTo(once);
  }

  private Map<String, List<String>> outcome(String name, Staging staging) throws Exception {
    Path place = Files.createDirectories(directory.resolve(name));
    ClusterSettings settings =
        ClusterSettings.in(place.resolve("cluster")).withTopics(new TopicNames(""), PARTITIONS);
    try (EmbeddedCluster cluster = EmbeddedCluster.start(settings, Distribution.ofThisProcess())) {
      KafkaConnection connection = cluster.connection();
      publish(StudyScript.of(STUDIES), connection);
      long began = System.nanoTime();
      staging.stage(connection, place);
      System.out.printf(
          "%s: %d s%n", name, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
      return read(connection);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // flushed, and counted by what comes of it
  private static void publish(List<Event> script, KafkaConnection connection) {
    String topic = connection.topics().of(Topic.STUDIES);
    try (RecordSerde<Study> serde = RecordSerde.of(Study.class, connection);
        Serializer<Study> serializer = serde.serializer();
        Producer<String, byte[]> producer = KafkaClients.of(connection).producer()) {
      for (Event event : script) {
        long time = BEGIN_MILLIS + Math.round(1000 * event.seconds());
        String key = event.study().getStudyId();
        byte[] value = serializer.serialize(topic, event.study());
        if (event.everywhere()) {
          everywhere(
              partition -> new ProducerRecord<>(topic, partition, time, key, value), producer);
        } else {
          producer.send(new ProducerRecord<>(topic, null, time, key, value));
        }
      }
      // No study is left to the clock: the last record's time is behind everything that is due.
      long last = BEGIN_MILLIS + 1000L * script.size() + A_DAY;
      byte[] nothing = serializer.serialize(topic, StudyScript.nothing("last"));
      everywhere(
          partition -> new ProducerRecord<>(topic, partition, last, "last", nothing), producer);
      producer.flush();
    }
  }

  private interface InPartition {

    ProducerRecord<String, byte[]> record(int partition);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // as above
  private static void everywhere(InPartition record, Producer<String, byte[]> producer) {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      producer.send(record.record(partition));
    }
  }

  private void instances(KafkaConnection connection, Path place, int count, int threads)
      throws Exception {
    List<StreamStage> stages = new ArrayList<>();
    try (ReportTokenizers tokenizers = ReportTokenizers.load(tokenizer(place), Optional.empty())) {
      StageConfig config =
          StageConfig.of(tokenizers)
              .withSettle(Duration.ofSeconds(2))
              .withDeadline(Duration.ofMinutes(10))
              .withKeep(Duration.ofHours(1))
              .withValidationShare(0.3);
      for (int i = 0; i < count; i++) {
        stages.add(
            StreamStage.start(
                connection, config, place.resolve("stage" + i), threads, Tracing.off()));
      }
      awaitLag(connection, 0);
    } finally {
      for (StreamStage stage : stages) {
        stage.close();
      }
    }
  }

  /** Each of the two in turn, while the other goes on. */
  private void killAmongTwo(KafkaConnection connection, Path place) throws Exception {
    TrainerProcess[] processes = new TrainerProcess[2];
    try {
      for (int i = 0; i < processes.length; i++) {
        processes[i] = process(connection, place, i, 0);
      }
      long all = lag(connection);
      for (int kill = 0; kill < KILLS; kill++) {
        awaitLag(connection, all - all * (kill + 1) / (KILLS + 2));
        int which = kill % processes.length;
        processes[which].kill();
        processes[which] = process(connection, place, which, kill + 1);
      }
      awaitLag(connection, 0);
    } finally {
      for (TrainerProcess process : processes) {
        process.close();
      }
    }
  }

  private static TrainerProcess process(KafkaConnection connection, Path place, int which, int life)
      throws IOException {
    List<String> arguments =
        List.of(
            "streams",
            "--bootstrap=" + connection.bootstrap(),
            "--registry=" + connection.registry(),
            "--tokenizer=" + tokenizer(place),
            "--settle=2s",
            "--deadline=10m",
            "--keep=1h",
            "--validation-share=0.3",
            "--threads=2",
            "--state-dir=" + place.resolve("stage" + which));
    return TrainerProcess.start(
        TrainerProcess.command(Radstream.class.getName(), CommandProcess.SHORT_LIVED, arguments),
        place.resolve("stage%d-%d.log".formatted(which, life)));
  }

  private static Path tokenizer(Path place) throws IOException {
    Path file = place.resolve("tokenizer.json");
    return Files.exists(file)
        ? file
        : Files.write(
            file,
            WordPieceTrainer.train(
                List.of("small left effusion", "small left effusion of ml").iterator(),
                WordPieceTrainer.Options.DEFAULT));
  }

  private static void awaitLag(KafkaConnection connection, long most) throws Exception {
    while (lag(connection) > most) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private static long lag(KafkaConnection connection) throws Exception {
    String topic = connection.topics().of(Topic.STUDIES);
    List<TopicPartition> partitions =
        IntStream.range(0, PARTITIONS).mapToObj(i -> new TopicPartition(topic, i)).toList();
    try (Admin admin = Admin.create(connection.clientConfig())) {
      Map<TopicPartition, OffsetAndMetadata> done =
          admin.listConsumerGroupOffsets("radstream-streams").partitionsToOffsetAndMetadata().get();
      long lag = 0;
      for (var end :
          admin
              .listOffsets(
                  partitions.stream()
                      .collect(Collectors.toMap(at -> at, at -> OffsetSpec.latest())))
              .all()
              .get()
              .entrySet()) {
        OffsetAndMetadata at = done.get(end.getKey());
        lag += end.getValue().offset() - (at == null ? 0 : at.offset());
      }
      return lag;
    }
  }

  /** By topic and partition; where transactions ended is left out. */
  private static Map<String, List<String>> read(KafkaConnection connection) {
    Map<String, List<String>> outcome = new TreeMap<>();
    for (Topic topic : OUT) {
      String name = connection.topics().of(topic);
      try (TopicScan scan = new TopicScan(KafkaClients.of(connection).consumer(), name)) {
        scan.toEnd(
            record ->
                outcome
                    .computeIfAbsent(name + "-" + record.partition(), first -> new ArrayList<>())
                    .add(
                        new String(record.key(), StandardCharsets.UTF_8)
                            + " "
                            + record.timestamp()
                            + " "
                            + Sha256.of(record.value())));
      }
    }
    return outcome;
  }
}
