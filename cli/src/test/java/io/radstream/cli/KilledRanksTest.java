package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.cli.demo.TrainerProcess;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that learn together, of which one after another is killed with SIGKILL. {@code
 * benchmarks/rank-kills} has more of them killed.
 */
@ExtendWith(SharedCluster.class)
class KilledRanksTest {

  private static final Duration LOOK = Duration.ofMillis(5);
  private static final int KILLS = Integer.getInteger("radstream.rank-kills", 2);
  private static final int RANKS = Integer.getInteger("radstream.ranks", 2);
  private static final int STEPS_A_LIFE = 12;
  private static final int STEPS = STEPS_A_LIFE * (KILLS + 1);

  @TempDir private Path directory;
  private final Random random = new Random(11);
  private KafkaConnection connection;
  private Path tokenizer;

  @Test
  void shouldEndWithTheBitsOfOneProcessThatWasNeverDisturbed(KafkaConnection cluster)
      throws Exception {
    connection = TupleTopic.prefixed(cluster, "ranks.");
    new TopicSetup(connection).create(2);
    tokenizer = TupleTopic.tokenizer(directory);
    TupleTopic.publish(connection, Topic.TUPLES_TRAIN, tokenizer, 48);
    TupleTopic.publish(connection, Topic.TUPLES_VALIDATION, tokenizer, 6);

    try (TrainerProcess calm = train("calm", List.of())) {
      assertThat(calm.exitCode()).describedAs(calm.said()).isEqualTo(Radstream.DONE);
    }
    try (TrainerProcess group =
        train("killed", List.of("--world=" + RANKS, "--restarts=" + KILLS))) {
      for (int kill = 0; kill < KILLS; kill++) {
        kill(group);
      }
      assertThat(group.exitCode()).describedAs(group.said()).isEqualTo(Radstream.DONE);
    }

    assertThat(weights("killed")).isEqualTo(weights("calm"));
    List<StepRecord> killed = steps("killed");
    assertThat(killed)
        .extracting(StepRecord::getStep)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, STEPS).boxed().toList());
    assertThat(killed)
        .extracting(StepRecord::getBatchDigest)
        .isEqualTo(steps("calm").stream().map(StepRecord::getBatchDigest).toList());
    assertThat(killed)
        .extracting(StepRecord::getLosses)
        .isEqualTo(steps("calm").stream().map(StepRecord::getLosses).toList());
  }

  @Test
  void shouldSayWhatCannotBeSharedAndEnd(KafkaConnection cluster) throws Exception {
    connection = TupleTopic.prefixed(cluster, "unshared.");
    tokenizer = TupleTopic.tokenizer(directory);

    try (TrainerProcess group =
        train("unshared", List.of("--set=compute.shards=1", "--world=" + RANKS))) {
      assertThat(group.exitCode()).describedAs(group.said()).isEqualTo(Radstream.WRONG_USAGE);
      assertThat(group.said())
          .contains("2 processes cannot share batches of 1 shards: give --set compute.shards=2");
    }
  }

  /** Some steps behind the last that there is. */
  private void kill(TrainerProcess group) throws Exception {
    long step = steps("killed").size() + 2L + random.nextInt(STEPS_A_LIFE - 6);
    assertThat(group.reaches(() -> steps("killed").size() >= step, LOOK))
        .describedAs(group.said())
        .isTrue();
    int rank = random.nextInt(RANKS);
    Thread.sleep(random.nextInt(50));
    ProcessHandle killed = rank(group, rank).orElseThrow();
    killed.destroyForcibly();
    killed.onExit().get();
  }

  private static Optional<ProcessHandle> rank(TrainerProcess group, int rank) {
    return ProcessHandle.of(group.pid())
        .orElseThrow()
        .descendants()
        .filter(process -> words(process.pid()).containsAll(List.of("train", "--rank=" + rank)))
        .filter(process -> words(process.pid()).get(0).endsWith("/java"))
        .findFirst();
  }

  /** Java's own way has only the beginning of long command lines. */
  private static List<String> words(long pid) {
    try {
      return List.of(Files.readString(Path.of("/proc/%d/cmdline".formatted(pid))).split("\0", -1));
    } catch (IOException e) {
      return List.of(""); // it has ended
    }
  }

  private TrainerProcess train(String line, List<String> further) throws IOException {
    List<String> arguments =
        new ArrayList<>(TupleTopic.train(connection, tokenizer, directory.resolve("store")));
    arguments.addAll(
        List.of(
            "--line", line,
            "--steps", Integer.toString(STEPS),
            "--set", "compute.shards=4",
            "--set", "checkpoint.every=4",
            "--set", "validation.every=1000",
            "--set", "ledger.weightsEvery=5"));
    arguments.addAll(further);
    return TrainerProcess.start(
        TrainerProcess.command(Radstream.class.getName(), CommandProcess.SHORT_LIVED, arguments),
        directory.resolve(line + ".log"));
  }

  private String weights(String line) throws IOException {
    Checkpoint last = new CheckpointStore(directory.resolve("store")).load(line, STEPS);
    return last.state().files().get(Checkpoint.MODEL)
        + last.state().files().get(Checkpoint.OPTIMIZER);
  }

  private List<StepRecord> steps(String line) {
    String name = connection.topics().of(Topic.TRAINING_LEDGER);
    List<StepRecord> records = new ArrayList<>();
    try (RecordSerde<StepRecord> serde = RecordSerde.of(StepRecord.class, connection);
        TopicScan scan = new TopicScan(KafkaClients.of(connection).consumer(), name)) {
      scan.toEnd(record -> records.add(serde.deserializer().deserialize(name, record.value())));
    }
    return records.stream()
        .filter(Objects::nonNull)
        .filter(step -> step.getOpening() == null && step.getRunId().startsWith(line))
        .toList();
  }
}
