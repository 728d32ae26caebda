package io.radstream.serving.score;

import io.radstream.radiology.study.StudyInput;
import io.radstream.radiology.study.StudyViews;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * One study, from its admission to its answer. Whoever completes the answer first has the last
 * word; what has not begun is then left undone. Its models and its place are given back when no
 * work is left, which may be later.
 */
final class StudyInHand implements Runnable {

  private final ScoringWay way;
  private final Models.Cast cast;
  private final Admission.Place place;
  private final Question question;
  private final long since;
  private final CompletableFuture<ScoredStudy> work = new CompletableFuture<>();
  private final CompletableFuture<ScoredStudy> answer = new CompletableFuture<>();

  /** Null until the study has been made ready. */
  private volatile DeviceTask task;

  /** What is asked, and of what. */
  record Question(Set<Capability> needed, Supplier<StudyViews> views, Terms terms) {}

  StudyInHand(ScoringWay way, Models.Cast cast, Admission.Place place, Question question) {
    this.way = way;
    this.cast = cast;
    this.place = place;
    this.question = question;
    this.since = way.clock().monotonicTime();
  }

  CompletableFuture<ScoredStudy> start() {
    CompletableFuture<?> unusedTold =
        work.whenComplete((scored, failure) -> release(failure)).whenComplete(this::tell);
    CompletableFuture<?> unused = answer.whenComplete((scored, failure) -> drop(failure));
    way.batcher().expect();
    try {
      way.decoders().execute(this);
    } catch (RejectedExecutionException e) {
      comesNot(ScoringWay.stopped());
    } catch (RuntimeException | Error e) {
      // Such as where the system gives no further thread.
      comesNot(e);
    }
    return answer;
  }

  /** Decodes; on a decoding thread. */
  @Override
  public void run() {
    if (work.isDone()) {
      return;
    }
    try {
      way.requireOpen();
      Patience patience = new Patience(question.terms().deadline(), answer::isDone);
      patience
          .over(way.clock().monotonicTime())
          .ifPresent(
              over -> {
                throw over;
              });
      prepare(patience);
    } catch (RuntimeException | Error e) {
      comesNot(e);
      return;
    }
    way.batcher().submit(task);
    if (answer.isDone()) {
      way.batcher().withdraw(task, new CancellationException());
    }
  }

  private void prepare(Patience patience) {
    StudyViews views = question.views().get();
    ScoringModel model = cast.answering(question.needed(), views::key);
    for (Capability capability : question.needed()) {
      if (!model.capabilities().contains(capability)) {
        throw new NotCapableException(model.identity(), capability);
      }
    }
    StudyInput input = model.prepare(views, way.decoders());
    place.grow((long) Float.BYTES * input.images().length);
    // Encoded images may be large, and only such a model needs them again.
    Optional<StudyViews> again =
        cast.isAnyOfAnotherSize(input) ? Optional.of(views) : Optional.empty();
    task = new DeviceTask(model, input, patience, since);
    CompletableFuture<?> unused =
        task.result()
            .whenComplete((scored, failure) -> way.beside().tell(model.identity(), failure))
            .thenApply(
                scored -> {
                  way.beside().scoreToo(cast, model, input, again, scored);
                  return scored;
                })
            .whenComplete(this::worked);
  }

  private void comesNot(Throwable reason) {
    way.batcher().giveUp();
    work.completeExceptionally(reason);
  }

  private void worked(ScoredStudy scored, Throwable failure) {
    if (failure == null) {
      work.complete(scored);
    } else {
      work.completeExceptionally(cause(failure));
    }
  }

  private void release(Throwable failure) {
    boolean leftUndone =
        failure instanceof CancellationException || failure instanceof DeadlineExceededException;
    place.leave(!leftUndone);
    // Closing the last lease closes the model, which may fail.
    cast.close();
  }

  private void tell(ScoredStudy scored, Throwable failure) {
    if (failure == null) {
      way.meters().answered(scored);
      answer.complete(scored);
    } else {
      answer.completeExceptionally(cause(failure));
    }
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** Somebody else has completed the answer, or it is complete anyway. */
  private void drop(Throwable reason) {
    way.meters().count(reason);
    if (work.isDone()) {
      return;
    }
    Throwable why = reason == null ? new CancellationException() : reason;
    DeviceTask ready = task;
    if (way.decoders().remove(this)) {
      comesNot(why);
    } else if (ready != null) {
      way.batcher().withdraw(ready, why);
    }
  }
}
