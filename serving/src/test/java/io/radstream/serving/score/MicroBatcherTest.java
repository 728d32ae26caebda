package io.radstream.serving.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Clock;
import io.radstream.radiology.study.StudyInput;
import io.radstream.radiology.study.StudyViews;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class MicroBatcherTest {

  private final List<Integer> sizes = new CopyOnWriteArrayList<>();

  private MicroBatcher batcher(int maxSize) {
    return new MicroBatcher(
        new BatchLimits(maxSize, Duration.ofMillis(50), 64), Clock.SYSTEM, sizes::add);
  }

  private static StudyInput input(ScoringModel model, int brightness) {
    return model.prepare(new StudyViews(Optional.empty(), List.of(TestImages.png(64, brightness))));
  }

  @Test
  void shouldScoreTogetherWhatWaitsTogetherAndKeepAnswersApart() throws Exception {
    FakeNetwork network = new FakeNetwork();
    ScoringModel model = FakeNetwork.model("m", network);
    CountDownLatch gate = network.shut();
    List<CompletableFuture<ScoredStudy>> results = new ArrayList<>();
    try (MicroBatcher batcher = batcher(4)) {
      results.add(batcher.submit(model, input(model, 0)));
      network.awaitEntered();
      for (int brightness = 50; brightness <= 250; brightness += 50) {
        results.add(batcher.submit(model, input(model, brightness)));
      }
      gate.countDown();
      CompletableFuture.allOf(results.toArray(CompletableFuture[]::new)).get();
    }

    assertThat(sizes).containsExactly(1, 4, 1);
    assertThat(results)
        .extracting(result -> result.join().probabilities().get("bright"))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldNotMixModelsInABatch() throws Exception {
    FakeNetwork first = new FakeNetwork();
    FakeNetwork second = new FakeNetwork();
    ScoringModel old = FakeNetwork.model("old", first);
    ScoringModel young = FakeNetwork.model("young", second);
    CountDownLatch gate = first.shut();
    try (MicroBatcher batcher = batcher(8)) {
      CompletableFuture<ScoredStudy> inside = batcher.submit(old, input(old, 0));
      first.awaitEntered();
      List<CompletableFuture<ScoredStudy>> results =
          List.of(
              batcher.submit(old, input(old, 10)),
              batcher.submit(young, input(young, 10)),
              batcher.submit(young, input(young, 20)),
              batcher.submit(old, input(old, 20)));

      gate.countDown();

      assertThat(results)
          .extracting(result -> result.join().model().checkpointId())
          .containsExactly("old", "young", "young", "old");
      assertThat(inside).isCompleted();
    }
    assertThat(first.batches()).containsExactly(1, 1, 1, 1);
    assertThat(second.batches()).containsExactly(1, 2);
  }

  @Test
  void shouldFailAllStudiesOfAPassByOneFailure() throws Exception {
    FakeNetwork network = new FakeNetwork();
    ScoringModel model = FakeNetwork.model("m", network);
    network.giveNoNumbers();
    CountDownLatch gate = network.shut();
    try (MicroBatcher batcher = batcher(4)) {
      CompletableFuture<ScoredStudy> inside = batcher.submit(model, input(model, 0));
      network.awaitEntered();
      List<CompletableFuture<ScoredStudy>> together =
          List.of(
              batcher.submit(model, input(model, 50)), batcher.submit(model, input(model, 100)));

      gate.countDown();

      assertThat(together)
          .extracting(MicroBatcherTest::failure)
          .allMatch(failure -> failure == failure(together.get(0)))
          .doesNotContain(failure(inside));
    }
  }

  private static Throwable failure(CompletableFuture<ScoredStudy> result) {
    return result.handle((scored, failure) -> failure).join().getCause();
  }

  @Test
  void shouldGoOnWhereItCannotTellTheSizeOfABatch() throws Exception {
    ScoringModel model = FakeNetwork.model("m", new FakeNetwork());
    AtomicBoolean told = new AtomicBoolean();
    MicroBatcher.Observer failsOnce =
        size -> {
          if (!told.getAndSet(true)) {
            throw new OutOfMemoryError("of a meter");
          }
        };
    BatchLimits one = new BatchLimits(1, Duration.ZERO, 64);
    try (MicroBatcher batcher = new MicroBatcher(one, Clock.SYSTEM, failsOnce)) {
      CompletableFuture<ScoredStudy> first = batcher.submit(model, input(model, 0));
      CompletableFuture<ScoredStudy> second = batcher.submit(model, input(model, 0));

      assertThat(first)
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableOfType(ExecutionException.class)
          .withCauseInstanceOf(OutOfMemoryError.class);
      assertThat(second).succeedsWithin(Duration.ofSeconds(30));
    }
  }

  @Test
  void shouldGoOnWhileSomebodyIsBeingTold() throws Exception {
    FakeNetwork network = new FakeNetwork();
    ScoringModel model = FakeNetwork.model("m", network);
    CountDownLatch gate = network.shut();
    CountDownLatch nextPass = new CountDownLatch(2);
    MicroBatcher.Observer passes = size -> nextPass.countDown();
    BatchLimits one = new BatchLimits(1, Duration.ZERO, 64);
    try (MicroBatcher batcher = new MicroBatcher(one, Clock.SYSTEM, passes)) {
      CompletableFuture<Boolean> first =
          batcher.submit(model, input(model, 0)).thenApply(scored -> await(nextPass));
      CompletableFuture<ScoredStudy> second = batcher.submit(model, input(model, 10));

      gate.countDown();

      assertThat(first).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
      assertThat(second).succeedsWithin(Duration.ofSeconds(30));
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void shouldFailWhatIsSubmittedAfterTheEnd() {
    ScoringModel model = FakeNetwork.model("m", new FakeNetwork());
    MicroBatcher batcher = batcher(4);
    batcher.close();

    CompletableFuture<ScoredStudy> result = batcher.submit(model, input(model, 0));

    assertThat(result)
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableOfType(ExecutionException.class)
        .withMessageContaining("the service has stopped");
  }
}
