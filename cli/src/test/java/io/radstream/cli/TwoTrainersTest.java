package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A trainer that stands still, one that takes its line, and the first as it comes back. */
@ExtendWith(SharedCluster.class)
class TwoTrainersTest {

  private static final Duration LOOK = Duration.ofMillis(20);
  private static final List<String> JVM =
      List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-XX:+UseSerialGC");
  private static final int PARTITIONS = 2;
  private static final long STEPS = 200;

  /** A record of the ledger; a step of 0 for a mark. */
  private record Entry(String process, int partition, long offset, long step, boolean opening) {

    boolean isMark() {
      return step == 0 && !opening;
    }

    boolean isOf(String other) {
      return other.equals(process);
    }

    boolean isBehind(Entry other) {
      return partition == other.partition && offset > other.offset;
    }
  }

  @TempDir private Path directory;
  private KafkaConnection connection;
  private Path tokenizer;

  @BeforeEach
  void publish(KafkaConnection cluster) throws Exception {
    connection = TupleTopic.prefixed(cluster, "two.");
    new TopicSetup(connection).create(PARTITIONS);
    tokenizer = TupleTopic.tokenizer(directory);
    TupleTopic.publish(connection, Topic.TUPLES_TRAIN, tokenizer, 48);
  }

  @Test
  void shouldLeaveTheLineToTheOneThatTookIt() throws Exception {
    Path impatient = Files.writeString(directory.resolve("kafka.properties"), "max.block.ms=3000");
    String older;
    try (TrainerProcess first = train("first", "--kafka-config", impatient.toString())) {
      await(first, () -> steps().size() >= 10);
      signal("STOP", first);
      older = steps().get(0).process();
      // Each has a store of its own, so that only the ledger tells the one of the other.
      try (TrainerProcess second = train("second")) {
        await(second, () -> steps().stream().filter(step -> !step.isOf(older)).count() >= 3);

        signal("CONT", first);

        assertThat(first.exitCode()).describedAs(first.said()).isEqualTo(Radstream.FAILED);
        assertThat(first.said()).contains("another trainer has taken over line two");
        assertThat(second.exitCode()).describedAs(second.said()).isEqualTo(Radstream.DONE);
      }
    }
    assertThat(steps())
        .extracting(Entry::step)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, STEPS).boxed().toList());
    List<Entry> taken = entries().stream().filter(e -> e.isMark() && !e.isOf(older)).toList();
    assertThat(taken).hasSize(PARTITIONS);
    for (Entry mark : taken) {
      assertThat(entries())
          .filteredOn(entry -> entry.isBehind(mark))
          .allMatch(entry -> entry.isOf(mark.process()));
    }
  }

  private static void await(TrainerProcess trainer, BooleanSupplier moment) throws Exception {
    assertThat(trainer.reaches(moment, LOOK)).describedAs(trainer.said()).isTrue();
  }

  private static void signal(String name, TrainerProcess trainer) throws Exception {
    String pid = Long.toString(trainer.pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  private TrainerProcess train(String name, String... further) throws IOException {
    List<String> arguments =
        new ArrayList<>(TupleTopic.train(connection, tokenizer, directory.resolve(name)));
    arguments.addAll(
        List.of(
            "--line", "two",
            "--steps", Long.toString(STEPS),
            "--set", "checkpoint.every=1000"));
    arguments.addAll(List.of(further));
    return TrainerProcess.start(
        TrainerProcess.command(Radstream.class.getName(), JVM, arguments),
        directory.resolve(name + ".log"));
  }

  /** Openings left out. */
  private List<Entry> steps() {
    return entries().stream().filter(entry -> !entry.isMark() && !entry.opening()).toList();
  }

  private List<Entry> entries() {
    String name = connection.topics().of(Topic.TRAINING_LEDGER);
    List<Entry> entries = new ArrayList<>();
    try (RecordSerde<StepRecord> serde = RecordSerde.of(StepRecord.class, connection);
        TopicScan scan = new TopicScan(KafkaClients.of(connection).consumer(), name)) {
      scan.toEnd(
          record -> {
            StepRecord step = serde.deserializer().deserialize(name, record.value());
            entries.add(
                new Entry(
                    process(record.headers().lastHeader("process")),
                    record.partition(),
                    record.offset(),
                    step == null ? 0 : step.getStep(),
                    step != null && step.getOpening() != null));
          });
    }
    return entries;
  }

  private static String process(Header header) {
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }
}
