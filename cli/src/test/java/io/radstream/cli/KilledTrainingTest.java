package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.cli.demo.TrainerProcess;
import io.radstream.cli.embedded.ClusterSettings;
import io.radstream.cli.embedded.Distribution;
import io.radstream.cli.embedded.EmbeddedCluster;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.TopicSetup;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainers that are killed with SIGKILL, lose their broker, or find their disk full, and what is
 * left in the end. {@code benchmarks/kills} has more of them killed.
 */
class KilledTrainingTest {

  private static final Duration LOOK = Duration.ofMillis(1);
  private static final List<String> JVM =
      List.of(
          "-Xmx512m",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          "-Duser.language=tr");

  private static final int KILLS = Integer.getInteger("radstream.kills", 4);
  private static final int STEPS_A_LIFE = 24;
  private static final int STEPS = STEPS_A_LIFE * (KILLS + 2);
  private static final int STUDIES = 48;
  private static final int BATCH = 8;

  /** When to kill. */
  private enum Moment {
    ANY,
    CHECKPOINT_BEING_WRITTEN,
    CHECKPOINT_JUST_THERE,
    BROKER_AWAY
  }

  @TempDir private Path directory;
  private final Random random = new Random(7);
  private ClusterSettings settings;
  private EmbeddedCluster cluster;
  private KafkaConnection connection;
  private Consumer<byte[], byte[]> ledger;
  private Path tokenizer;
  private int lives;

  @BeforeEach
  void start() throws Exception {
    settings = ClusterSettings.in(directory.resolve("cluster")).withPorts(freePort(), freePort());
    cluster = EmbeddedCluster.start(settings, Distribution.ofThisProcess());
    connection =
        new KafkaConnection(
            cluster.connection().bootstrap(),
            cluster.connection().registry(),
            new TopicNames("kill."));
    new TopicSetup(connection).create(2);
    ledger = KafkaClients.of(connection).consumer();
    tokenizer = TupleTopic.tokenizer(directory);
    TupleTopic.publish(connection, Topic.TUPLES_TRAIN, tokenizer, STUDIES);
    TupleTopic.publish(connection, Topic.TUPLES_VALIDATION, tokenizer, 6);
  }

  @AfterEach
  void stop() throws IOException {
    ledger.close();
    cluster.close();
  }

  @Test
  void shouldEndWithTheBitsOfARunThatWasNeverDisturbed() throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      killAt(Moment.values()[kill % Moment.values().length]);
      requireWholeCheckpoints();
    }
    fillTheDisk();
    requireWholeCheckpoints();
    makeTheStoreReadOnly();
    finish();

    assertThat(last("killed").state().files().get(Checkpoint.MODEL))
        .isEqualTo(last("calm").state().files().get(Checkpoint.MODEL));
    assertThat(last("killed").state().files().get(Checkpoint.OPTIMIZER))
        .isEqualTo(last("calm").state().files().get(Checkpoint.OPTIMIZER));
    List<StepRecord> killed = steps("killed");
    assertThat(killed)
        .describedAs(() -> String.join("\n", ledgerLines()))
        .extracting(StepRecord::getStep)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, STEPS).boxed().toList());
    assertThat(killed)
        .extracting(StepRecord::getBatchDigest)
        .isEqualTo(steps("calm").stream().map(StepRecord::getBatchDigest).toList());
    requireEachStudyOnceAnEpoch(killed);
    assertThat(announced()).doesNotHaveDuplicates().contains(last("killed").id());
  }

  /** No file of a checkpoint fits: the write fails in its middle. */
  private void fillTheDisk() throws Exception {
    try (TrainerProcess trainer = train("killed", "ulimit -f 16; exec \"$@\"")) {
      assertThat(trainer.exitCode()).describedAs(trainer.said()).isEqualTo(Radstream.FAILED);
      assertThat(trainer.said())
          .contains("cannot write checkpoint", "earlier checkpoints are untouched");
    }
  }

  private void makeTheStoreReadOnly() throws Exception {
    String store = directory.resolve("store").toString();
    String bind = "mount --bind '%1$s' '%1$s' && mount -o remount,bind,ro '%1$s'".formatted(store);
    if (exitCode("unshare", "-m", "bash", "-c", bind) != 0) {
      System.err.println("Left out: a store that is read-only; mounting needs root");
      return;
    }
    String around =
        "exec unshare -m bash -c \"%s && exec \\\"\\$@\\\"\" bash \"$@\"".formatted(bind);
    try (TrainerProcess trainer = train("killed", around)) {
      assertThat(trainer.exitCode()).describedAs(trainer.said()).isEqualTo(Radstream.FAILED);
      assertThat(trainer.said()).contains("cannot write to the checkpoint store");
    }
  }

  private void killAt(Moment moment) throws Exception {
    Set<Long> before = checkpoints();
    long steps = ledgerEnd() + 2 + random.nextInt(STEPS_A_LIFE);
    try (TrainerProcess trainer = train("killed", "")) {
      assertThat(trainer.reaches(() -> ledgerEnd() >= steps, LOOK))
          .describedAs(trainer.said())
          .isTrue();
      switch (moment) {
        case ANY -> Thread.sleep(random.nextInt(30));
        case CHECKPOINT_BEING_WRITTEN -> trainer.reaches(this::isWriting, LOOK);
        case CHECKPOINT_JUST_THERE ->
            trainer.reaches(() -> !before.containsAll(checkpoints()), LOOK);
        case BROKER_AWAY -> cluster.close();
      }
      assertThat(trainer.isAlive()).describedAs(trainer.said()).isTrue();
      trainer.kill();
    }
    if (moment == Moment.BROKER_AWAY) {
      cluster = EmbeddedCluster.start(settings, Distribution.ofThisProcess());
    }
  }

  private static void requireEachStudyOnceAnEpoch(List<StepRecord> steps) {
    int batches = STUDIES / BATCH;
    for (int from = 0; from + batches <= steps.size(); from += batches) {
      assertThat(
              steps.subList(from, from + batches).stream()
                  .flatMap(step -> step.getReads().stream())
                  .map(read -> read.getTuple()))
          .hasSize(STUDIES)
          .doesNotHaveDuplicates();
    }
  }

  private void requireWholeCheckpoints() throws IOException {
    for (Checkpoint checkpoint : new CheckpointStore(directory.resolve("store")).list("killed")) {
      checkpoint.verify();
    }
  }

  /** Beside each other: neither has anything of the other. */
  private void finish() throws Exception {
    try (TrainerProcess killed = train("killed", "");
        TrainerProcess calm = train("calm", "")) {
      assertThat(killed.exitCode()).describedAs(killed.said()).isEqualTo(Radstream.DONE);
      assertThat(calm.exitCode()).describedAs(calm.said()).isEqualTo(Radstream.DONE);
    }
  }

  /**
   * @param around a shell command that runs {@code "$@"}, as under a limit; empty for none
   */
  private TrainerProcess train(String line, String around) throws IOException {
    List<String> arguments =
        new ArrayList<>(TupleTopic.train(connection, tokenizer, directory.resolve("store")));
    arguments.addAll(
        List.of(
            "--line", line,
            "--steps", Integer.toString(STEPS),
            "--set", "checkpoint.every=8",
            "--set", "checkpoint.keepLast=1000",
            "--set", "validation.every=1000",
            "--set", "ledger.weightsEvery=5"));
    List<String> command = new ArrayList<>();
    if (!around.isEmpty()) {
      command.addAll(List.of("bash", "-c", around, "bash"));
    }
    command.addAll(TrainerProcess.command(Radstream.class.getName(), JVM, arguments));
    return TrainerProcess.start(command, directory.resolve("%s-%d.log".formatted(line, lives++)));
  }

  private Checkpoint last(String line) throws IOException {
    return new CheckpointStore(directory.resolve("store")).load(line, STEPS);
  }

  private Set<Long> checkpoints() {
    Set<Long> steps = new HashSet<>();
    names().filter(name -> name.matches("[0-9]+")).forEach(name -> steps.add(Long.valueOf(name)));
    return steps;
  }

  private boolean isWriting() {
    return names().anyMatch(name -> name.startsWith(".writing-"));
  }

  private Stream<String> names() {
    String[] names = directory.resolve("store/killed").toFile().list();
    return names == null ? Stream.of() : Stream.of(names);
  }

  /** Grows with each step, by more than one: the marks of transactions count. */
  private long ledgerEnd() {
    List<TopicPartition> partitions =
        Stream.of(0, 1)
            .map(
                number -> new TopicPartition(connection.topics().of(Topic.TRAINING_LEDGER), number))
            .toList();
    ledger.assign(partitions);
    return ledger.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
  }

  private List<StepRecord> steps(String line) {
    return read(Topic.TRAINING_LEDGER, StepRecord.class).stream()
        .filter(step -> step.getOpening() == null && step.getRunId().startsWith(line))
        .toList();
  }

  /** Every record of the ledger with where it is, for the report of a failure. */
  private List<String> ledgerLines() {
    String name = connection.topics().of(Topic.TRAINING_LEDGER);
    List<String> lines = new ArrayList<>();
    try (RecordSerde<StepRecord> serde = RecordSerde.of(StepRecord.class, connection);
        TopicScan scan = new TopicScan(KafkaClients.of(connection).consumer(), name)) {
      scan.toEnd(
          record -> {
            StepRecord step = serde.deserializer().deserialize(name, record.value());
            lines.add(
                "%d@%d %s"
                    .formatted(
                        record.partition(),
                        record.offset(),
                        step == null
                            ? "mark"
                            : "%s %d, opening: %s"
                                .formatted(
                                    step.getRunId(), step.getStep(), step.getOpening() != null)));
          });
    }
    return lines;
  }

  private List<String> announced() {
    return read(Topic.CHECKPOINTS, CheckpointPublished.class).stream()
        .map(CheckpointPublished::getCheckpointId)
        .toList();
  }

  private <T extends SpecificRecord> List<T> read(Topic topic, Class<T> type) {
    String name = connection.topics().of(topic);
    List<T> records = new ArrayList<>();
    try (RecordSerde<T> serde = RecordSerde.of(type, connection);
        TopicScan scan = new TopicScan(KafkaClients.of(connection).consumer(), name)) {
      scan.toEnd(record -> records.add(serde.deserializer().deserialize(name, record.value())));
    }
    records.removeIf(Objects::isNull); // the marks of processes that took their line
    return records;
  }

  private static int exitCode(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor();
    } catch (IOException e) {
      return -1; // no such program here
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
