package io.radstream.serving.explain;

import io.radstream.model.engine.SpareTime;
import io.radstream.radiology.study.StudyInput;
import io.radstream.radiology.study.StudyViews;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.ExplainedQuestion;
import io.radstream.serving.score.Models;
import io.radstream.serving.score.NoModelException;
import io.radstream.serving.score.NoSuchModelException;
import io.radstream.serving.score.OverloadedException;
import io.radstream.serving.score.ScoringModel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Explains one study after the other, in time that scoring leaves; a few may wait, and more are
 * turned away. Thread-safe; never blocks the caller.
 */
public final class StudyExplainer implements AutoCloseable {

  /** Studies that may wait. */
  public static final int MOST_WAITING = 8;

  private final Models models;
  private final ThreadPoolExecutor thread;

  /**
   * @param waiting most studies that wait; one more is in hand
   */
  public StudyExplainer(Models models, int waiting) {
    this.models = models;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            work -> SpareTime.thread("explain", work));
  }

  /**
   * @param model of the caller's choice, see {@link Models#cast(String)}; else the one that answers
   *     for the study
   * @param views reads the request; called on another thread, its exceptions are passed on
   * @return fails with {@link OverloadedException}, {@link NoModelException}, {@link
   *     NoSuchModelException}, {@link io.radstream.serving.score.NotCapableException}, {@link
   *     io.radstream.serving.score.InvalidQuestionException} or {@link
   *     io.radstream.radiology.study.UnusableViewException}. The caller may complete it, as by
   *     cancelling it: what has not begun then is not done
   */
  public CompletableFuture<ExplainedStudy> explain(
      Optional<String> model, Supplier<StudyViews> views, ExplainedQuestion question) {
    CompletableFuture<ExplainedStudy> answer = new CompletableFuture<>();
    Work work = new Work(answer, model, views, question);
    try {
      thread.execute(work);
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(
          new OverloadedException(
              "studies that wait to be explained: " + thread.getQueue().size()));
    }
    CompletableFuture<?> unused = answer.whenComplete((done, failure) -> thread.remove(work));
    return answer;
  }

  /** One study, on the thread. */
  private final class Work implements Runnable {

    private final CompletableFuture<ExplainedStudy> answer;
    private final Optional<String> model;
    private final Supplier<StudyViews> views;
    private final ExplainedQuestion question;

    private Work(
        CompletableFuture<ExplainedStudy> answer,
        Optional<String> model,
        Supplier<StudyViews> views,
        ExplainedQuestion question) {
      this.answer = answer;
      this.model = model;
      this.views = views;
      this.question = question;
    }

    @Override
    public void run() {
      if (answer.isDone()) {
        return;
      }
      try (Models.Cast cast = cast(model)) {
        answer.complete(explain(cast, views.get(), question));
      } catch (RuntimeException | Error e) {
        answer.completeExceptionally(e);
      }
    }

    private void leave() {
      answer.completeExceptionally(new IllegalStateException("the service is stopping"));
    }
  }

  private Models.Cast cast(Optional<String> model) {
    return model.map(models::cast).orElseGet(models::cast).orElseThrow(() -> noModel(model));
  }

  private RuntimeException noModel(Optional<String> named) {
    List<String> names = models.names();
    return named.isEmpty() || names.isEmpty()
        ? new NoModelException()
        : new NoSuchModelException(names);
  }

  private static ExplainedStudy explain(
      Models.Cast cast, StudyViews views, ExplainedQuestion question) {
    Set<Capability> needed =
        question instanceof ExplainedQuestion.Words ? Set.of(Capability.PROMPTS) : Set.of();
    ScoringModel model = cast.answering(needed, views::key);
    StudyInput input = model.prepare(views);
    return new ExplainedStudy(
        model.identity(), input, model.imageSize(), model.explain(input, question));
  }

  /** What waits fails; what is in hand is done. */
  @Override
  public void close() {
    for (Runnable waiting : thread.shutdownNow()) {
      ((Work) waiting).leave();
    }
    try {
      thread.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
