package io.radstream.serving.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Clock;
import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.study.StudyInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What submitting, failing and closing do in any order. A seed is a schedule. */
@Timeout(60) // a hang must fail, not stall the build
class MicroBatcherScheduleTest {

  private static final int SUBMITTERS = 6;
  private static final int STUDIES_EACH = 60;
  private static final int STUDIES = SUBMITTERS * STUDIES_EACH;

  private record Submitted(UnrulyNetwork network, CompletableFuture<ScoredStudy> answer) {}

  private final Map<StudyInput, Submitted> submitted = new ConcurrentHashMap<>();
  private final List<UnrulyNetwork> networks = new ArrayList<>();
  private final List<ScoringModel> models = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void shouldAnswerEveryStudyOnceWithItsOwnVector(long seed) throws Exception {
    MicroBatcher batcher = batcher(seed);

    submitAll(seed, batcher, new CountDownLatch(0));
    requireOwnAnswers();
    batcher.close();

    assertThat(submitted).hasSize(STUDIES);
    assertThat(
            submitted.entrySet().stream()
                .filter(it -> it.getValue().network().seen(it.getKey()) == 1))
        .hasSize(STUDIES);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void shouldAnswerOrRefuseEveryStudyWhereItIsClosedMeanwhile(long seed) throws Exception {
    MicroBatcher batcher = batcher(seed);
    CountDownLatch before =
        new CountDownLatch(CounterRandom.of(seed, "close").nextInt(STUDIES * 3 / 4));
    Thread closing = new Thread(() -> closeAfter(before, batcher));
    closing.start();

    submitAll(seed, batcher, before);
    closing.join();

    assertThat(submitted).hasSize(STUDIES);
    requireOwnAnswers();
    assertThat(submitted.values())
        .as("the last ones came too late")
        .anyMatch(study -> study.answer().isCompletedExceptionally());
  }

  private MicroBatcher batcher(long seed) {
    for (int number = 0; number < 2; number++) {
      UnrulyNetwork network =
          new UnrulyNetwork(1, CounterRandom.of(seed, "network", number), left -> {});
      networks.add(network);
      models.add(
          ScoringModel.warm(
              new ModelIdentity("model " + number, "line", 7, Instant.EPOCH),
              network,
              new FakeTexts(),
              FakeNetwork.PROMPTS));
    }
    CounterRandom random = CounterRandom.of(seed, "limits");
    return new MicroBatcher(
        new BatchLimits(1 + random.nextInt(8), Duration.ofNanos(random.nextInt(200_000)), STUDIES),
        Clock.SYSTEM,
        size -> {});
  }

  private static void closeAfter(CountDownLatch before, MicroBatcher batcher) {
    try {
      before.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    batcher.close();
  }

  private void submitAll(long seed, MicroBatcher batcher, CountDownLatch count) throws Exception {
    ExecutorService submitters = Executors.newFixedThreadPool(SUBMITTERS);
    List<Future<?>> submitting = new ArrayList<>();
    for (int submitter = 0; submitter < SUBMITTERS; submitter++) {
      int first = submitter * STUDIES_EACH;
      CounterRandom random = CounterRandom.of(seed, "submitter", submitter);
      submitting.add(
          submitters.submit(
              () -> {
                submit(batcher, first, random, count);
                return null;
              }));
    }
    for (Future<?> submitter : submitting) {
      submitter.get();
    }
    submitters.shutdown();
  }

  /** Now and then waits for an answer, so that batches are of differing size. */
  private void submit(MicroBatcher batcher, int first, CounterRandom random, CountDownLatch count)
      throws Exception {
    for (int number = first; number < first + STUDIES_EACH; number++) {
      StudyInput study =
          new StudyInput(
              Optional.of("study " + number), new float[] {number, 0, 0}, 1, List.of(0, 0, 0));
      int model = random.nextInt(10) == 0 ? 1 : 0;
      CompletableFuture<ScoredStudy> answer = batcher.submit(models.get(model), study);
      submitted.put(study, new Submitted(networks.get(model), answer));
      count.countDown();
      if (random.nextInt(6) == 0) {
        Throwable unused = failure(answer);
      }
    }
  }

  private void requireOwnAnswers() throws Exception {
    for (Map.Entry<StudyInput, Submitted> study : submitted.entrySet()) {
      requireOwnAnswer(study.getKey(), study.getValue());
    }
  }

  private static void requireOwnAnswer(StudyInput study, Submitted by) throws Exception {
    Throwable failure = failure(by.answer());
    int seen = by.network().seen(study);
    if (seen == 0) {
      assertThat(failure).hasMessage("the service has stopped");
    } else if (by.network().failed(study) != null) {
      assertThat(failure).hasMessageStartingWith(by.network().failed(study).getMessage());
    } else {
      assertThat(by.answer().join().studyId()).isEqualTo(study.studyId());
      assertThat(by.answer().join().vector()).containsExactly(UnrulyNetwork.vector(study));
    }
    assertThat(seen).isLessThanOrEqualTo(1);
  }

  /** Waits; null where all went well. */
  private static Throwable failure(CompletableFuture<ScoredStudy> answer) throws Exception {
    return answer.handle((scored, failure) -> failure).get();
  }
}
