package io.radstream.serving.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.model.explain.MapKind;
import io.radstream.radiology.study.StudyViews;
import io.radstream.serving.score.ExplainedQuestion;
import io.radstream.serving.score.NoModelException;
import io.radstream.serving.score.OverloadedException;
import io.radstream.serving.score.TestImages;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class StudyExplainerTest {

  private static final ExplainedQuestion QUESTION =
      new ExplainedQuestion.Finding("bright", MapKind.GRADIENT);

  private static StudyViews views() {
    return new StudyViews(Optional.empty(), List.of(TestImages.white()));
  }

  @Test
  void shouldTurnAwayWhoComesWhenEnoughWait() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    // Held while the first is in hand, and there is no model: what is let in ends with that.
    try (StudyExplainer explainer =
        new StudyExplainer(
            () -> {
              begun.countDown();
              await(gate);
              return Optional.empty();
            },
            1)) {
      // Given one in hand, and one that waits
      CompletableFuture<ExplainedStudy> first = ask(explainer, StudyExplainerTest::views);
      begun.await();
      CompletableFuture<ExplainedStudy> second = ask(explainer, StudyExplainerTest::views);

      // When
      CompletableFuture<ExplainedStudy> third = ask(explainer, StudyExplainerTest::views);

      // Then
      assertThat(third).isCompletedExceptionally();
      assertThatThrownBy(third::join).hasCauseInstanceOf(OverloadedException.class);
      gate.countDown();
      assertThatThrownBy(first::join).hasCauseInstanceOf(NoModelException.class);
      assertThatThrownBy(second::join).hasCauseInstanceOf(NoModelException.class);
    }
  }

  @Test
  void shouldMakeRoomWhereWhoWaitsHasGone() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    try (StudyExplainer explainer =
        new StudyExplainer(
            () -> {
              begun.countDown();
              await(gate);
              return Optional.empty();
            },
            1)) {
      // Given one in hand, and one that waited until its client went
      CompletableFuture<ExplainedStudy> first = ask(explainer, StudyExplainerTest::views);
      begun.await();
      ask(explainer, StudyExplainerTest::views).cancel(false);

      // When
      CompletableFuture<ExplainedStudy> third = ask(explainer, StudyExplainerTest::views);

      // Then
      assertThat(third).isNotCompletedExceptionally();
      gate.countDown();
      assertThatThrownBy(third::join).hasCauseInstanceOf(NoModelException.class);
      assertThatThrownBy(first::join).hasCauseInstanceOf(NoModelException.class);
    }
  }

  @Test
  void shouldTellThoseWhoWaitThatItStops() throws InterruptedException {
    // Given one in hand, and one that waits
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    StudyExplainer explainer =
        new StudyExplainer(
            () -> {
              begun.countDown();
              await(never);
              return Optional.empty();
            },
            1);
    CompletableFuture<ExplainedStudy> first = ask(explainer, StudyExplainerTest::views);
    begun.await();
    CompletableFuture<ExplainedStudy> second = ask(explainer, StudyExplainerTest::views);

    // When
    explainer.close();

    // Then
    assertThatThrownBy(second::join).hasCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(first::join).hasCauseInstanceOf(NoModelException.class);
  }

  private static CompletableFuture<ExplainedStudy> ask(
      StudyExplainer explainer, Supplier<StudyViews> views) {
    return explainer.explain(Optional.empty(), views, QUESTION);
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
