package io.radstream.trainer.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.model.engine.DeviceChoice;
import io.radstream.model.engine.Seat;
import io.radstream.schemas.StepRecord;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.ranks.Leader;
import io.radstream.trainer.ranks.Terms;
import io.radstream.trainer.run.Beginning;
import io.radstream.trainer.run.RunFixture;
import io.radstream.trainer.run.RunSummary;
import io.radstream.trainer.run.TrainingListener;
import io.radstream.trainer.run.TrainingRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ranks as threads of one process, over real connections and PyTorch's own process group. The
 * engine's random numbers are those of the process: so no dropout here.
 */
class RanksTest {

  private static final String VERSION = "1";
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @TempDir private Path root;
  @RegisterExtension private final RunFixture fixture = new RunFixture();

  private final ExecutorService others = Executors.newCachedThreadPool();

  @AfterEach
  void endOthers() throws InterruptedException {
    others.shutdownNow();
    assertThat(others.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  private RunConfig config(String... overrides) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "schedule.steps=6",
                "compute.shards=4",
                "model.report.dropout=0",
                "model.text.dropout=0",
                "ledger.weightsEvery=1",
                "checkpoint.every=3",
                "validation.every=3"));
    all.addAll(List.of(overrides));
    return fixture.config(all.toArray(String[]::new));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Terms terms(int rank, int world, int port) {
    return new Terms(
        new Seat(rank, world, "127.0.0.1", port),
        TIMEOUT,
        Duration.ofSeconds(10),
        Duration.ofSeconds(20));
  }

  private Future<?> serve(Terms terms, MemberListener listener) {
    return others.submit(
        () -> {
          try (Member member =
              Member.join(
                  new Member.Surroundings(
                      Tuples.CONNECTION, fixture.cluster(), DeviceChoice.auto(), Clock.systemUTC()),
                  terms,
                  VERSION,
                  listener,
                  () -> {})) {
            member.serve();
          }
          return null;
        });
  }

  private RunSummary run(Path store, RunConfig config, int world, TrainingListener listener)
      throws Exception {
    int port = freePort();
    List<Future<?>> members = new ArrayList<>();
    for (int rank = 1; rank < world; rank++) {
      members.add(serve(terms(rank, world, port), new MemberListener() {}));
    }
    RunSummary summary;
    try (Leader leader = Leader.gather(terms(0, world, port), VERSION, () -> {})) {
      try (TrainingRun run = fixture.open(store, config, new Beginning.GoOn(), listener, leader)) {
        summary = run.run();
      }
      leader.end();
    }
    for (Future<?> member : members) {
      member.get(30, TimeUnit.SECONDS);
    }
    return summary;
  }

  /** With what the step learned from, by which numbers, and to which weights. */
  private static List<String> told(List<StepRecord> steps) {
    return steps.stream()
        .map(
            step ->
                step.getStep()
                    + " "
                    + step.getBatchDigest()
                    + " "
                    + step.getLosses()
                    + " "
                    + step.getWeightsDigest())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"2, EAGER", "4, EXPLICIT"})
  void shouldTakeTheStepsOfOneToTheBit(int world, String program) throws Exception {
    String setting = "compute.program=" + program;
    try (RunFixture alone = new RunFixture()) {
      alone.run(root.resolve("alone"), config(setting), TrainingListener.none());

      run(root.resolve("together"), config(setting), world, TrainingListener.none());

      assertThat(told(fixture.steps())).hasSize(6).isEqualTo(told(alone.steps()));
    }
  }
}
