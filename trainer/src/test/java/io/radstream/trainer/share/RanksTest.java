package io.radstream.trainer.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.model.engine.DeviceChoice;
import io.radstream.model.engine.GroupException;
import io.radstream.model.engine.Seat;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.Topic;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.ranks.Leader;
import io.radstream.trainer.ranks.Terms;
import io.radstream.trainer.replay.ReplayListener;
import io.radstream.trainer.replay.ReplayRequest;
import io.radstream.trainer.replay.ReplaySummary;
import io.radstream.trainer.run.Beginning;
import io.radstream.trainer.run.RunFixture;
import io.radstream.trainer.run.RunSummary;
import io.radstream.trainer.run.TrainingListener;
import io.radstream.trainer.run.TrainingRun;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
                      Tuples.CONNECTION,
                      fixture.cluster(),
                      Optional.empty(),
                      DeviceChoice.auto(),
                      Clock.systemUTC()),
                  terms,
                  VERSION,
                  listener,
                  () -> {})) {
            member.serve();
          }
          return null;
        });
  }

  private Member join(Terms terms, MemberListener listener) throws IOException {
    return Member.join(
        new Member.Surroundings(
            Tuples.CONNECTION,
            fixture.cluster(),
            Optional.empty(),
            DeviceChoice.auto(),
            Clock.systemUTC()),
        terms,
        VERSION,
        listener,
        () -> {});
  }

  private RunSummary run(Path store, RunConfig config, int world, TrainingListener listener)
      throws Exception {
    return run(store, config, world, listener, freePort());
  }

  private RunSummary run(
      Path store, RunConfig config, int world, TrainingListener listener, int port)
      throws Exception {
    List<Future<?>> members = new ArrayList<>();
    for (int rank = 1; rank < world; rank++) {
      members.add(serve(terms(rank, world, port), new MemberListener() {}));
    }
    RunSummary summary;
    try (Leader leader = new Leader(terms(0, world, port), VERSION, () -> {})) {
      try (TrainingRun run = fixture.open(store, config, new Beginning.GoOn(), listener, leader)) {
        summary = run.run();
      }
      leader.end(true);
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

  @Test
  void shouldGoOnWithAnotherNumberAndReplayOnOne() throws Exception {
    RunConfig config = config();
    try (RunFixture alone = new RunFixture()) {
      alone.run(root.resolve("alone"), config, TrainingListener.none());
      Path store = root.resolve("store");
      stopAt(4, store, config, 2);

      RunSummary rest = run(store, config, 4, TrainingListener.none());

      assertThat(rest.step()).isEqualTo(6);
      assertThat(told(fixture.steps())).isEqualTo(told(alone.steps()));
    }
    ReplaySummary replay =
        fixture.replay(
            new ReplayRequest(
                fixture.steps().get(0).getRunId(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty()),
            root.resolve("store"),
            ReplayListener.none());
    assertThat(replay.identical()).isTrue();
    assertThat(replay.steps()).isEqualTo(6);
  }

  /** A rank that is not the first is asked to stop, and all do, with a checkpoint. */
  private void stopAt(long step, Path store, RunConfig config, int world) throws Exception {
    int port = freePort();
    AtomicReference<Member> member = new AtomicReference<>();
    Future<?> served =
        others.submit(
            () -> {
              try (Member joined = join(terms(1, world, port), new MemberListener() {})) {
                member.set(joined);
                joined.serve();
              }
              return null;
            });
    try (Leader leader = new Leader(terms(0, world, port), VERSION, () -> {})) {
      TrainingListener asks =
          RunFixture.onStep(
              report -> {
                if (report.step() == step) {
                  member.get().requestStop();
                  // It is on its way while this step's thread goes on.
                  awaitStop();
                }
              });
      try (TrainingRun run = fixture.open(store, config, new Beginning.GoOn(), asks, leader)) {
        leader.onStop(
            () -> {
              run.requestStop();
              stopped.countDown();
            });
        assertThat(run.run().step()).isEqualTo(step);
      }
      leader.end(false);
    }
    served.get(30, TimeUnit.SECONDS);
  }

  private final CountDownLatch stopped = new CountDownLatch(1);

  private void awaitStop() {
    try {
      assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldStopWhereOneGoesAndTakeNoStepTwice() throws Exception {
    RunConfig config = config();
    Path store = root.resolve("store");
    int port = freePort();
    AtomicReference<Member> member = new AtomicReference<>();
    Future<?> goes =
        others.submit(
            () -> {
              MemberListener leaves =
                  new MemberListener() {
                    @Override
                    public void stepped(long step) {
                      if (step == 4) {
                        member.get().close();
                        throw new IllegalStateException("gone");
                      }
                    }
                  };
              try (Member joined = join(terms(1, 2, port), leaves)) {
                member.set(joined);
                joined.serve();
              }
              return null;
            });
    try (Leader leader = new Leader(terms(0, 2, port), VERSION, () -> {});
        TrainingRun run =
            fixture.open(store, config, new Beginning.GoOn(), TrainingListener.none(), leader)) {
      assertThatThrownBy(run::run).isInstanceOf(GroupException.class);
    }
    assertThatThrownBy(() -> goes.get(30, TimeUnit.SECONDS)).hasMessageContaining("gone");

    run(store, config, 2, TrainingListener.none());

    try (RunFixture alone = new RunFixture()) {
      alone.run(root.resolve("alone"), config, TrainingListener.none());
      assertThat(told(fixture.steps())).isEqualTo(told(alone.steps()));
    }
  }

  @Test
  void shouldTellWhoHasNotComeAndWhoDoesNotBelong() throws Exception {
    int port = freePort();
    Terms impatient =
        new Terms(
            new Seat(0, 3, "127.0.0.1", port),
            Duration.ofSeconds(3),
            Duration.ofSeconds(3),
            Duration.ofSeconds(3));
    Future<?> fits = serve(terms(1, 3, port), new MemberListener() {});
    Future<?> ofAnotherWorld = serve(terms(2, 4, port), new MemberListener() {});

    try (Leader leader = new Leader(impatient, VERSION, () -> {})) {
      assertThatThrownBy(() -> leader.gather(() -> false))
          .isInstanceOf(GroupException.class)
          .hasMessage("of 3 ranks, these have not come to 127.0.0.1:%d within 3 s: 2", port);
    }

    assertThatThrownBy(() -> ofAnotherWorld.get(30, TimeUnit.SECONDS))
        .hasMessageContaining("rank 2 of 4 is none of 3");
    assertThatThrownBy(() -> fits.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(GroupException.class)
        .hasMessageContaining("of 3 ranks");
  }

  @Test
  void shouldNotWaitForOneThatSaysNothing() throws Exception {
    int port = freePort();
    Terms brief =
        new Terms(
            new Seat(0, 2, "127.0.0.1", port),
            TIMEOUT,
            Duration.ofSeconds(2),
            Duration.ofMillis(1));
    CountDownLatch stuck = new CountDownLatch(1);
    Future<Socket> silent = others.submit(() -> greeting(port));
    try (Leader leader = new Leader(brief, VERSION, stuck::countDown);
        TrainingRun run =
            fixture.open(
                root.resolve("store"),
                config(),
                new Beginning.GoOn(),
                TrainingListener.none(),
                leader)) {
      assertThatThrownBy(run::run)
          .isInstanceOf(GroupException.class)
          .hasMessage("rank 1 at 127.0.0.1: it has said nothing for 2 s");
    }
    silent.get(30, TimeUnit.SECONDS).close();
    assertThat(fixture.steps()).isEmpty();
    assertThat(stuck.getCount()).describedAs("it waits for nobody").isEqualTo(1);
  }

  @Test
  void shouldFinishWhatNeedsNobodyElse() throws Exception {
    int port = freePort();
    AtomicReference<Member> member = new AtomicReference<>();
    AtomicReference<Leader> leading = new AtomicReference<>();
    CountDownLatch stuck = new CountDownLatch(1);
    TrainingListener losesIt =
        RunFixture.onStep(
            report -> {
              if (report.step() == 6) {
                member.get().close();
                awaitLoss(leading.get(), stuck);
              }
            });
    Future<?> goes = others.submit(() -> serve(member, terms(1, 2, port)));
    Terms brief =
        new Terms(
            new Seat(0, 2, "127.0.0.1", port),
            TIMEOUT,
            Duration.ofSeconds(10),
            Duration.ofMillis(1));
    try (Leader leader = new Leader(brief, VERSION, stuck::countDown);
        TrainingRun run =
            fixture.open(root.resolve("store"), config(), new Beginning.GoOn(), losesIt, leader)) {
      leading.set(leader);

      RunSummary summary = run.run();

      assertThat(summary.outcome()).isEqualTo(RunSummary.Outcome.FINISHED);
      assertThat(summary.checkpointId()).hasValueSatisfying(id -> assertThat(id).endsWith("6"));
    }
    assertThat(goes).isNotNull();
  }

  private Void serve(AtomicReference<Member> member, Terms terms) throws Exception {
    try (Member joined = join(terms, new MemberListener() {})) {
      member.set(joined);
      joined.serve();
    }
    return null;
  }

  /** And for so much longer that one who is not to be cut off would have been. */
  private static void awaitLoss(Leader leader, CountDownLatch stuck) {
    try {
      while (!leader.hasFailed()) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      assertThat(stuck.await(200, TimeUnit.MILLISECONDS)).isFalse();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @Timeout(60)
  void shouldNotGoOnWaitingForStudiesWhereOneGoes() throws Exception {
    int port = freePort();
    AtomicReference<Member> member = new AtomicReference<>();
    Future<?> goes = others.submit(() -> serve(member, terms(1, 2, port)));
    RunConfig config =
        config(
            "batch=8",
            "follow.on=true",
            "follow.replayRatio=0",
            "schedule.shape=constant",
            "schedule.steps=99");
    TrainingListener losesIt =
        RunFixture.onStep(
            report -> {
              if (report.step() == RunFixture.STUDIES / config.batch()) {
                member.get().close();
              }
            });
    try (Leader leader = new Leader(terms(0, 2, port), VERSION, () -> {});
        TrainingRun run =
            fixture.open(root.resolve("store"), config, new Beginning.GoOn(), losesIt, leader)) {
      assertThatThrownBy(run::run).isInstanceOf(GroupException.class);
    }
    assertThat(goes).isNotNull();
  }

  @Test
  void shouldWaitForNobodyWhereThereIsNothingToDo() throws Exception {
    Path store = root.resolve("store");
    RunConfig config = config("schedule.steps=2");
    run(store, config, 2, TrainingListener.none());
    int port = freePort();
    Terms alone =
        new Terms(
            new Seat(0, 2, "127.0.0.1", port),
            Duration.ofMillis(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20));

    try (Leader leader = new Leader(alone, VERSION, () -> {});
        TrainingRun run =
            fixture.open(store, config, new Beginning.GoOn(), TrainingListener.none(), leader)) {
      assertThat(run.run().outcome()).isEqualTo(RunSummary.Outcome.NOTHING_TO_DO);
    }
    assertThat(run(store, config, 2, TrainingListener.none()).outcome())
        .isEqualTo(RunSummary.Outcome.NOTHING_TO_DO);
  }

  @Test
  void shouldBeginAgainWhereAnotherHasThePort() throws Exception {
    try (ServerSocket another = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Terms brief =
          new Terms(
              new Seat(0, 2, "127.0.0.1", another.getLocalPort()),
              Duration.ofMillis(500),
              TIMEOUT,
              TIMEOUT);
      try (Leader leader = new Leader(brief, VERSION, () -> {})) {
        assertThatThrownBy(() -> leader.gather(() -> false))
            .isInstanceOf(GroupException.class)
            .hasMessageStartingWith("rank 0 cannot wait for the others at 127.0.0.1");
      }
    }
  }

  @Test
  void shouldTellRankZeroWhatCannotBeDoneHere() throws Exception {
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Future<?> member = serve(terms(1, 2, door.getLocalPort()), new MemberListener() {});
      try (Socket socket = door.accept();
          DataInputStream in = new DataInputStream(socket.getInputStream())) {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeByte('b');
        out.writeInt(1 << 22);
        out.write(new byte[1 << 22]);

        assertThat(said(in, "failed")).contains("rank 0 speaks of a run before one has begun");
      }
      assertThatThrownBy(() -> member.get(30, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IOException.class);
    }
  }

  /** The first message of that kind. */
  private static String said(DataInputStream in, String kind) throws IOException {
    while (true) {
      assertThat(in.readByte()).isEqualTo((byte) 'm');
      String message = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
      if (message.contains("\"" + kind + "\"")) {
        return message;
      }
    }
  }

  /** As the first message of a rank, byte by byte. */
  private static Socket greeting(int port) throws Exception {
    byte[] hello =
        "{\"is\":\"hello\",\"rank\":1,\"world\":2,\"version\":\"1\"}"
            .getBytes(StandardCharsets.UTF_8);
    for (int tries = 0; ; tries++) {
      try {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeByte('m');
        out.writeInt(hello.length);
        out.write(hello);
        return socket;
      } catch (ConnectException e) {
        assertThat(tries).isLessThan(100);
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  @Test
  void shouldLetStrangersGo() throws Exception {
    int port = freePort();
    Future<?> strangers =
        others.submit(
            () -> {
              for (String words : List.of("GET / HTTP/1.1\r\n\r\n", "m~~~~", "m")) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                  socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
                }
              }
              return null;
            });

    assertThat(
            run(root.resolve("store"), config("schedule.steps=2"), 2, TrainingListener.none(), port)
                .step())
        .isEqualTo(2);
    // Whether they found the door open or not.
    assertThat(strangers).isNotNull();
  }

  @Test
  void shouldBeginAnewWhereAStudyOfTheRunIsWithdrawn() throws Exception {
    Path store = root.resolve("store");
    fixture.runAndDie(store, config("checkpoint.every=100"), RunFixture.killAt(3));
    RecordRef read = fixture.steps().get(0).getReads().get(0).getTuple();
    fixture.withdraw("train" + (2 * read.getOffset() + read.getPartition()));

    RunSummary summary = run(store, config("checkpoint.every=100"), 2, TrainingListener.none());

    assertThat(summary.step()).isEqualTo(6);
    List<String> runs = fixture.steps().stream().map(StepRecord::getRunId).distinct().toList();
    assertThat(runs).hasSize(2).endsWith(summary.runId());
  }

  @Test
  void shouldFollowTheStream() throws Exception {
    run(
        root.resolve("store"),
        config("follow.on=true", "schedule.shape=constant", "schedule.steps=3"),
        2,
        TrainingListener.none());

    ReplaySummary replay =
        fixture.replay(
            new ReplayRequest(
                fixture.steps().get(0).getRunId(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty()),
            root.resolve("store"),
            ReplayListener.none());

    assertThat(replay.identical()).isTrue();
    assertThat(replay.steps()).isEqualTo(3);
  }

  @Test
  void shouldSayOnTheLedgerWhereBitsDependOnTheNumber() throws Exception {
    run(
        root.resolve("store"),
        config("compute.shards=1", "compute.reduction=FAST", "schedule.steps=2"),
        2,
        TrainingListener.none());

    assertThat(fixture.steps()).hasSize(2);
    assertThat(fixture.published(Topic.TRAINING_LEDGER, StepRecord.class).get(0).getOpening())
        .satisfies(
            opening -> {
              assertThat(opening.getEnvironment()).containsEntry("ranks", "2");
              assertThat(opening.getConfig()).contains("\"FAST\"");
            });
  }
}
