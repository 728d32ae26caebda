package io.radstream.trainer.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.radiology.image.ModelInput;
import io.radstream.trainer.augment.Augmenter;
import io.radstream.trainer.augment.ReportMirroring;
import io.radstream.trainer.config.Augmentation;
import io.radstream.trainer.labels.StudyLabels;
import io.radstream.trainer.timing.PhaseTimes;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BatchFeedTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final ExecutorService workers = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    workers.shutdownNow();
  }

  @Test
  void shouldTellOfAnErrorOfTheSource() {
    try (BatchFeed feed =
        feed(
            () -> {
              throw new StackOverflowError("in the source");
            })) {

      assertThatThrownBy(() -> feed.take(LONG))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("in the source")
          .hasCauseInstanceOf(StackOverflowError.class);
    }
  }

  @Test
  @Timeout(60)
  void shouldNotWaitForBatchesThatNobodyMakesAnyMore() throws Exception {
    try (BatchFeed feed = feed(Optional::empty)) {
      assertThat(feed.next()).isEmpty();

      assertThatThrownBy(feed::take)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("no batches are made any more");
    }
  }

  @Test
  @Timeout(60)
  void shouldGiveWhatIsMadeWithoutWaitingForWhatIsNot() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch drafted = new CountDownLatch(1);
    Iterator<Draft> drafts =
        List.of(new Draft(List.of(), List.of(), List.of(), List.of())).iterator();
    Future<Boolean> first =
        workers.submit(
            () -> {
              busy.await();
              return true;
            });
    try (BatchFeed feed =
        feed(
            () -> {
              if (drafts.hasNext()) {
                return Optional.of(drafts.next());
              }
              drafted.countDown();
              return Optional.empty();
            })) {
      drafted.await();

      assertThat(feed.takeReady()).isEmpty();

      busy.countDown();
      assertThat(first.get()).isTrue();
      Optional<TrainingBatch> ready = Optional.empty();
      while (ready.isEmpty()) {
        Thread.onSpinWait();
        ready = feed.takeReady();
      }
    }
  }

  /** Another rank may make its share as late as its broker answers. */
  @Test
  @Timeout(60)
  void shouldGiveUpForNowWhereABatchIsNotMadeInTimeAndKeepIt() throws Exception {
    Iterator<Draft> drafts =
        List.of(new Draft(List.of(), List.of(), List.of(), List.of())).iterator();
    CompletableFuture<TrainingBatch> late = new CompletableFuture<>();
    try (BatchFeed feed =
        new BatchFeed(
            () -> drafts.hasNext() ? Optional.of(drafts.next()) : Optional.empty(),
            draft -> late,
            2)) {

      assertThat(feed.take(Duration.ofMillis(1))).isEmpty();
      assertThat(feed.takeReady()).isEmpty();

      late.completeExceptionally(new IllegalArgumentException("too late"));
      assertThatThrownBy(feed::take).hasMessageContaining("too late");
    }
  }

  private BatchFeed feed(Drafts drafts) {
    Augmenter augmenter =
        new Augmenter(1, Augmentation.paper(), new ModelInput(32), new ReportMirroring.AsStaged());
    PhaseTimes times = new PhaseTimes(Clock.systemUTC());
    return new BatchFeed(
        drafts, new BatchAssembly(augmenter, StudyLabels.none(), 1, times).by(workers), 2);
  }
}
