package io.radstream.serving.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.study.StudyViews;
import io.radstream.serving.fleet.JudgedFleet;
import io.radstream.serving.fleet.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a crowd, a network that fails, and the end do in any order. A seed is a schedule. */
@Timeout(60) // a hang must fail, not stall the build
class StudyScorerScheduleTest {

  private static final int CLIENTS = 6;
  private static final int STUDIES_EACH = 40;
  private static final int MOST_WAITING = 10;

  private record Asked(String study, CompletableFuture<ScoredStudy> answer) {}

  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger mostInside = new AtomicInteger();
  private final ConcurrentLinkedQueue<Asked> asked = new ConcurrentLinkedQueue<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final JudgedFleet fleet = new JudgedFleet(false);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void shouldAnswerOrRefuseEveryoneAndLetInNoMoreThanItMay(long seed) throws Exception {
    UnrulyNetwork network = network(seed);
    StudyScorer scorer = scorer(network);
    CountDownLatch before =
        new CountDownLatch(1 + CounterRandom.of(seed, "close").nextInt(MOST_WAITING));
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    List<Future<?>> asking = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      CounterRandom random = CounterRandom.of(seed, "client", client);
      String name = "client " + client;
      asking.add(
          clients.submit(
              () -> {
                ask(scorer, name, random, before);
                return null;
              }));
    }

    before.await();
    scorer.close();
    for (Future<?> client : asking) {
      client.get();
    }
    clients.shutdown();
    fleet.close();

    assertThat(asked).hasSize(CLIENTS * STUDIES_EACH);
    for (Asked study : asked) {
      requireAnswer(study);
    }
    assertThat(mostInside.get()).isPositive().isLessThanOrEqualTo(MOST_WAITING);
    assertThat(meters.get("radstream.queue.depth").gauge().value()).isZero();
    assertThat(network.closed()).as("no lease is left").isEqualTo(1);
  }

  @Test
  void shouldRefuseThoseThatWaitForADecoderAtTheEnd() throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    StudyScorer scorer = scorer(network(1), cores + 2);
    CountDownLatch decoding = new CountDownLatch(cores);
    CountDownLatch gate = new CountDownLatch(1);
    List<CompletableFuture<ScoredStudy>> answers = new ArrayList<>();
    for (int i = 0; i < cores + 2; i++) {
      answers.add(scorer.score(() -> blocked(decoding, gate)));
    }
    decoding.await();
    Thread closing = new Thread(scorer::close);
    closing.start();
    while (closing.getState() != Thread.State.TIMED_WAITING) { // for the decoders
      Thread.onSpinWait();
    }

    gate.countDown();

    closing.join();
    assertThat(answers).allMatch(CompletableFuture::isDone);
    assertThat(answers.get(cores + 1))
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("the service has stopped");
  }

  @Test
  void shouldLetOthersInWhereAModelFailsToClose() throws Exception {
    FakeNetwork real = new FakeNetwork();
    ClosingBadly bad = new ClosingBadly(real);
    StudyScorer scorer = scorer(bad);
    CompletableFuture<ScoredStudy> answer =
        scorer.score(
            () -> {
              promote(real); // the first model's last lease is this study's
              return views("study", 100);
            });

    Throwable unused = failure(answer);

    assertThat(meters.get("radstream.queue.depth").gauge().value()).isZero();
    scorer.close();
  }

  private record ClosingBadly(FakeNetwork network) implements StudyNetwork {

    @Override
    public int imageSize() {
      return network.imageSize();
    }

    @Override
    public int maxTokens() {
      return network.maxTokens();
    }

    @Override
    public double temperature() {
      return network.temperature();
    }

    @Override
    public Set<Capability> capabilities() {
      return network.capabilities();
    }

    @Override
    public List<String> taught() {
      return network.taught();
    }

    @Override
    public Seen see(float[] images, int studies) {
      return network.see(images, studies);
    }

    @Override
    public float[][] embedReports(int[][] tokens) {
      return network.embedReports(tokens);
    }

    @Override
    public void close() {
      throw new IllegalStateException("the native library failed");
    }
  }

  private static StudyViews blocked(CountDownLatch decoding, CountDownLatch gate) {
    decoding.countDown();
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
    return views("study", 100);
  }

  private UnrulyNetwork network(long seed) {
    return new UnrulyNetwork(
        32, CounterRandom.of(seed, "network"), left -> inside.addAndGet(-left));
  }

  private StudyScorer scorer(StudyNetwork network) {
    return scorer(network, MOST_WAITING);
  }

  private StudyScorer scorer(StudyNetwork network, int mostWaiting) {
    promote(network);
    return new StudyScorer(
        fleet, new BatchLimits(4, Duration.ofNanos(100_000), mostWaiting), meters);
  }

  private void promote(StudyNetwork network) {
    Verdict done = fleet.carryOut(model(network), new Verdict.Promote("it is the newest"));
    assertThat(done).isInstanceOf(Verdict.Promote.class);
  }

  private static ScoringModel model(StudyNetwork network) {
    return ScoringModel.warm(
        new ModelIdentity("model", "line", 7, Instant.EPOCH),
        network,
        new FakeTexts(),
        FakeNetwork.PROMPTS);
  }

  private void ask(StudyScorer scorer, String client, CounterRandom random, CountDownLatch count)
      throws Exception {
    List<CompletableFuture<ScoredStudy>> burst = new ArrayList<>();
    for (int number = 0; number < STUDIES_EACH; number++) {
      String study = client + " study " + number;
      int brightness = random.nextInt(200);
      CompletableFuture<ScoredStudy> answer =
          scorer.score(
              () -> {
                StudyViews views = views(study, brightness);
                mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
                count.countDown();
                return views;
              });
      asked.add(new Asked(study, answer));
      burst.add(answer);
      if (random.nextInt(5) == 0) {
        for (CompletableFuture<ScoredStudy> each : burst) {
          Throwable unused = failure(each);
        }
        burst.clear();
      }
    }
  }

  private static StudyViews views(String study, int brightness) {
    return new StudyViews(Optional.of(study), List.of(TestImages.png(32, brightness)));
  }

  private static void requireAnswer(Asked asked) throws Exception {
    Throwable failure = failure(asked.answer());
    if (failure == null) {
      assertThat(asked.answer().join().studyId()).contains(asked.study());
    } else {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      assertThat(cause)
          .satisfiesAnyOf(
              it -> assertThat(it).isInstanceOf(OverloadedException.class),
              it -> assertThat(it).hasMessage("the service has stopped"),
              it -> assertThat(it).hasMessage("out of temper"),
              it -> assertThat(it).hasMessage("no such operator"),
              it -> assertThat(it).hasMessageStartingWith("the network gave"));
    }
  }

  /** Waits; null where all went well. */
  private static Throwable failure(CompletableFuture<ScoredStudy> answer) throws Exception {
    return answer.handle((scored, failure) -> failure).get();
  }
}
