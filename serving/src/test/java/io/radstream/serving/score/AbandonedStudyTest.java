package io.radstream.serving.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.radstream.radiology.study.StudyViews;
import io.radstream.serving.fleet.JudgedFleet;
import io.radstream.serving.fleet.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Studies that nobody waits for any more, wherever they are. */
@Timeout(60) // a hang must fail, not stall the build
class AbandonedStudyTest {

  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private final MockClock clock = new MockClock();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
  private final JudgedFleet fleet = new JudgedFleet(false);
  private final FakeNetwork network = new FakeNetwork();
  private StudyScorer scorer;

  @BeforeEach
  void start() {
    fleet.carryOut(FakeNetwork.model("m", network), new Verdict.Promote("test"));
    scorer = new StudyScorer(fleet, new BatchLimits(4, Duration.ZERO, 64), meters);
  }

  @AfterEach
  void stop() {
    scorer.close();
    fleet.close();
  }

  private static StudyViews views() {
    return new StudyViews(Optional.empty(), List.of(TestImages.png(32, 100)));
  }

  private double count(String outcome) {
    return meters.get("radstream.scoring.studies").tag("outcome", outcome).counter().count();
  }

  private double inHand() {
    return meters.get("radstream.queue.depth").gauge().value();
  }

  /** Keeps every decoder busy until the gate opens. */
  private List<CompletableFuture<ScoredStudy>> occupyDecoders(CountDownLatch gate)
      throws InterruptedException {
    CountDownLatch decoding = new CountDownLatch(CORES);
    Supplier<StudyViews> slow =
        () -> {
          decoding.countDown();
          try {
            gate.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return views();
        };
    List<CompletableFuture<ScoredStudy>> busy = new ArrayList<>();
    for (int i = 0; i < CORES; i++) {
      busy.add(scorer.score(slow));
    }
    decoding.await();
    return busy;
  }

  @Test
  void shouldNotDecodeWhatWasCancelledBefore() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    List<CompletableFuture<ScoredStudy>> busy = occupyDecoders(gate);
    AtomicBoolean read = new AtomicBoolean();
    CompletableFuture<ScoredStudy> waiting =
        scorer.score(
            () -> {
              read.set(true);
              return views();
            });

    waiting.cancel(false);

    assertThat(inHand()).as("its place is free at once").isEqualTo(CORES);
    gate.countDown();
    for (CompletableFuture<ScoredStudy> each : busy) {
      each.get();
    }
    scorer.close(); // what is counted behind an answer has been counted then
    assertThat(read).isFalse();
    assertThat(count("cancelled")).isEqualTo(1);
    assertThat(count("answered")).isEqualTo(CORES);
  }

  @Test
  void shouldNotPassWhatWasCancelledInFrontOfTheDevice() throws Exception {
    CountDownLatch gate = network.shut();
    CompletableFuture<ScoredStudy> inside = scorer.score(AbandonedStudyTest::views);
    network.awaitEntered();
    CompletableFuture<ScoredStudy> waiting = scorer.score(AbandonedStudyTest::views);

    waiting.cancel(false);
    gate.countDown();
    inside.get();
    scorer.close();

    assertThat(network.batches()).as("the trial study and the first").containsExactly(1, 1);
    assertThat(inHand()).isZero();
  }

  @Test
  void shouldKeepTheModelOpenUntilAPassIsOverThatNobodyWaitsFor() throws Exception {
    CountDownLatch gate = network.shut();
    CompletableFuture<ScoredStudy> inside = scorer.score(AbandonedStudyTest::views);
    network.awaitEntered();

    inside.cancel(false);
    fleet.carryOut(FakeNetwork.model("next", new FakeNetwork()), new Verdict.Promote("test"));

    assertThat(network.closed()).isZero();
    assertThat(inHand()).isEqualTo(1);
    gate.countDown();
    scorer.close();
    assertThat(network.closed()).isEqualTo(1);
    assertThat(inHand()).isZero();
    assertThat(network.batches()).containsExactly(1, 1);
  }

  @Test
  void shouldNotBeginWhatIsLate() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    List<CompletableFuture<ScoredStudy>> busy = occupyDecoders(gate);
    AtomicBoolean read = new AtomicBoolean();
    CompletableFuture<ScoredStudy> late =
        scorer.score(
            Optional.empty(),
            Set.of(),
            () -> {
              read.set(true);
              return views();
            },
            new Terms(0, OptionalLong.of(clock.monotonicTime() + 1)));

    clock.add(Duration.ofNanos(1));
    gate.countDown();

    assertThat(late)
        .failsWithin(Duration.ofMinutes(1))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(DeadlineExceededException.class);
    for (CompletableFuture<ScoredStudy> each : busy) {
      each.get();
    }
    scorer.close();
    assertThat(read).isFalse();
    assertThat(count("expired")).isEqualTo(1);
  }

  @Test
  void shouldGiveBackAllRoomWhateverBecameOfAStudy() throws Exception {
    Terms terms = new Terms(1000, OptionalLong.empty());
    network.failWith(new IllegalStateException("out of order"));
    CompletableFuture<ScoredStudy> failed =
        scorer.score(Optional.empty(), Set.of(), AbandonedStudyTest::views, terms);
    Throwable unused = failed.handle((scored, failure) -> failure).get();
    network.failWith(null);

    scorer.score(Optional.empty(), Set.of(), AbandonedStudyTest::views, terms).get();

    scorer.close();
    assertThat(meters.get("radstream.queue.bytes").gauge().value()).isZero();
    assertThat(count("failed")).isEqualTo(1);
    assertThat(count("answered")).isEqualTo(1);
    assertThat(meters.get("radstream.scoring.wait").timer().count()).isEqualTo(2);
    assertThat(meters.get("radstream.scoring.pass").timer().count()).isEqualTo(1);
  }
}
