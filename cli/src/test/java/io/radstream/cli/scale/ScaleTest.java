package io.radstream.cli.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.radstream.cli.embedded.SharedCluster;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.TopicSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.util.DoubleComparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * For {@code benchmarks/scale} alone: how instances share work, and that nothing is lost or doubled
 * while they come and go.
 */
@ExtendWith(SharedCluster.class)
class ScaleTest {

  private static final int STUDIES = Integer.getInteger("radstream.scale.studies", 0);
  private static final String WORK = System.getProperty("radstream.scale.work", "stage");
  private static final int PARTITIONS = 4;
  private static final List<Integer> COUNTS = List.of(1, 2, 4);
  private static final int QUIET_SECONDS = 5;

  /** Of a probability: they depend on which studies came together. */
  private static final double LAST_BITS = 1e-4;

  @TempDir private Path directory;

  private ScaledWork work() throws Exception {
    return WORK.equals("stage") ? new StageWork(directory) : new ScoreWork(directory);
  }

  @Test
  void shouldShareTheWork(KafkaConnection shared) throws Exception {
    assumeTrue(STUDIES > 0, "benchmarks/scale runs this");
    ScaledWork work = work();

    List<Pace> paces = new ArrayList<>();
    for (int count : COUNTS) {
      paces.add(pace(work, topics(shared, WORK + count + "."), count));
      tell(count, paces.get(paces.size() - 1), paces.get(0));
    }

    assertThat(paces).allSatisfy(pace -> assertThat(pace.studies()).isGreaterThan(0.5 * STUDIES));
  }

  /**
   * What was done in a while.
   *
   * @param seconds by the clock
   * @param processorSeconds of all instances together
   */
  private record Pace(double studies, double seconds, double processorSeconds) {

    double rate() {
      return studies / seconds;
    }

    double processorMillis() {
      return 1e3 * processorSeconds / studies;
    }
  }

  private static void tell(int count, Pace pace, Pace alone) {
    System.out.printf(
        "%s: instances=%d studies/s=%.1f of one=%.2f processor ms a study=%.2f of one=%.2f%n",
        WORK,
        count,
        pace.rate(),
        pace.rate() / alone.rate(),
        pace.processorMillis(),
        pace.processorMillis() / alone.processorMillis());
  }

  /** Behind as many studies as make Java's compiler warm; all of them are there already. */
  private Pace pace(ScaledWork work, KafkaConnection connection, int count) throws Exception {
    try (Instances instances = instances(work, connection);
        GroupProgress progress = progress(work, connection);
        Load load = load(work, connection)) {
      for (int i = 0; i < count; i++) {
        instances.begin(i);
      }
      progress.awaitMembers(count);
      load.send(STUDIES / 2);
      progress.awaitDone(progress.end());
      load.send(STUDIES);
      long all = progress.end();
      progress.awaitDone(all - STUDIES * 9L / 10);
      long from = progress.done();
      double processor = instances.processorSeconds();
      long began = System.nanoTime();
      progress.awaitDone(all - STUDIES / 10);
      double studies = progress.done() - from;
      double seconds = (System.nanoTime() - began) / 1e9;
      instances.requireAlive();
      return new Pace(studies, seconds, instances.processorSeconds() - processor);
    }
  }

  @Test
  void shouldLoseAndDoubleNothingWhileInstancesComeAndGo(KafkaConnection shared) throws Exception {
    assumeTrue(STUDIES > 0, "benchmarks/scale runs this");
    ScaledWork work = work();
    KafkaConnection connection = topics(shared, WORK + "-rolled.");

    int sent = whileInstancesComeAndGo(work, connection);

    Map<String, List<ScaledWork.Written>> rolled = work.outcome(connection);
    Map<String, List<ScaledWork.Written>> alone =
        alone(work, topics(shared, WORK + "-alone."), sent);
    System.out.printf("%s: %d studies sent, %d keys written%n", WORK, sent, rolled.size());
    assertThat(rolled).hasSize(sent);
    assertThat(rolled)
        .usingRecursiveComparison()
        .withComparatorForType(new DoubleComparator(LAST_BITS), Double.class)
        .isEqualTo(alone);
  }

  /** How many studies were sent meanwhile. */
  private int whileInstancesComeAndGo(ScaledWork work, KafkaConnection connection)
      throws Exception {
    try (Instances instances = instances(work, connection);
        GroupProgress progress = progress(work, connection);
        Load load = load(work, connection)) {
      instances.begin(0);
      instances.begin(1);
      progress.awaitMembers(2);
      Thread steady = load.steadily(work.batchesASecond());
      progress.awaitAllBegun();
      tell(progress, "nothing happens", () -> TimeUnit.SECONDS.sleep(QUIET_SECONDS));
      tell(progress, "a third joins", () -> instances.start(2));
      tell(progress, "the third is told to stop", () -> instances.stop(2));
      for (int i = 0; i < 2; i++) {
        int number = i;
        tell(progress, "one of two is told to stop", () -> instances.stop(number));
        tell(progress, "it starts again", () -> instances.start(number));
      }
      tell(progress, "one of two is killed", () -> instances.kill(0));
      tell(progress, "it starts again", () -> instances.start(0));
      tell(progress, "one is killed and starts at once", () -> killAndStart(instances));
      load.stop(steady);
      progress.awaitDone(progress.end());
      return load.sent();
    }
  }

  private static void killAndStart(Instances instances) throws Exception {
    instances.kill(1);
    instances.start(1);
  }

  private static void tell(GroupProgress progress, String what, GroupProgress.Change change)
      throws Exception {
    long millis = progress.longestStandstill(change, QUIET_SECONDS);
    System.out.printf("%s: %s: a partition stood still for %d ms at most%n", WORK, what, millis);
  }

  private Map<String, List<ScaledWork.Written>> alone(
      ScaledWork work, KafkaConnection connection, int studies) throws Exception {
    try (Instances instances = instances(work, connection);
        GroupProgress progress = progress(work, connection);
        Load load = load(work, connection)) {
      instances.start(0);
      load.send(studies);
      progress.awaitDone(progress.end());
    }
    return work.outcome(connection);
  }

  private static KafkaConnection topics(KafkaConnection shared, String prefix) throws Exception {
    KafkaConnection connection =
        new KafkaConnection(shared.bootstrap(), shared.registry(), new TopicNames(prefix));
    new TopicSetup(connection).create(PARTITIONS);
    return connection;
  }

  private Instances instances(ScaledWork work, KafkaConnection connection) throws Exception {
    Path logs = Files.createDirectories(directory.resolve(connection.topics().prefix()));
    return new Instances(logs, number -> work.arguments(connection, number));
  }

  private static GroupProgress progress(ScaledWork work, KafkaConnection connection) {
    return new GroupProgress(
        connection, work.group(connection), connection.topics().of(work.input()), PARTITIONS);
  }

  private static Load load(ScaledWork work, KafkaConnection connection) {
    return new Load(
        connection, connection.topics().of(work.input()), PARTITIONS, work.records(connection));
  }
}
