package io.radstream.serving.write;

import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.model.engine.SpareTime;
import io.radstream.radiology.study.StudyViews;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.Models;
import io.radstream.serving.score.NoModelException;
import io.radstream.serving.score.NoSuchModelException;
import io.radstream.serving.score.OverloadedException;
import io.radstream.serving.score.ScoringModel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes reports, in time that scoring leaves: several side by side, one token of each after the
 * other. A study joins between two tokens, and another takes its place when its report is written
 * or nobody waits for it any more. A few may wait, and more are turned away. Thread-safe; never
 * blocks the caller.
 */
public final class ReportWriter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReportWriter.class);

  /** For reports that are being written at the end. */
  private static final long PATIENCE_MILLIS = 60_000;

  private final Models models;
  private final WaitingReports waiting;
  private final ReportMeters meters;
  private final Desks desks;
  private final Thread thread;

  /**
   * @param meters told what becomes of reports
   */
  public ReportWriter(Models models, WritingLimits limits, MeterRegistry meters) {
    this.models = models;
    this.waiting = new WaitingReports(limits.waiting());
    this.desks = new Desks(limits.together());
    this.meters = new ReportMeters(meters, waiting::size, desks::reports);
    this.thread = SpareTime.thread("write-reports", this::run);
    this.thread.start();
  }

  /**
   * @param model of the caller's choice, see {@link Models#cast(String)}; else the one that answers
   *     for the study
   * @param views reads the request; called on another thread, its exceptions are passed on
   * @param pieces takes the text piece by piece, on another thread; it must not block. Joined they
   *     are the text, or what it begins with
   * @return fails with {@link OverloadedException}, {@link NoModelException}, {@link
   *     NoSuchModelException}, {@link io.radstream.serving.score.NotCapableException} or {@link
   *     io.radstream.radiology.study.UnusableViewException}. The caller may complete it, as by
   *     cancelling it: no more is done then
   */
  public CompletableFuture<WrittenReport> write(
      Optional<String> model,
      Supplier<StudyViews> views,
      ReportQuestion question,
      Consumer<String> pieces) {
    CompletableFuture<WrittenReport> answer = new CompletableFuture<>();
    AskedReport asked = new AskedReport(model, views, question, pieces, meters.now(), answer);
    CompletableFuture<?> unused =
        answer.whenComplete(
            (report, failure) -> {
              waiting.remove(asked);
              meters.ended(report, failure);
            });
    try {
      waiting.add(asked);
    } catch (OverloadedException | IllegalStateException e) {
      answer.completeExceptionally(e);
    }
    return answer;
  }

  private void run() {
    try {
      boolean more = true;
      while (more) {
        more = turn();
      }
    } catch (InterruptedException e) {
      // Nobody does that but who wants this to end.
      Thread.currentThread().interrupt();
    } finally {
      waiting.close();
      desks.close();
    }
  }

  /**
   * Begins a report, and adds a token to each. Whatever comes of these, others will be asked for.
   *
   * @return false at the end
   */
  private boolean turn() throws InterruptedException {
    Optional<AskedReport> next = next();
    if (isOver(next)) {
      return false;
    }
    try {
      next.ifPresent(this::begin);
      desks.step();
    } catch (RuntimeException | Error e) {
      LOG.atError().setCause(e).log("reports that were being written are given up");
      desks.drop(e);
    }
    return true;
  }

  private boolean isOver(Optional<AskedReport> next) {
    return next.isEmpty() && desks.reports() == 0;
  }

  /** One at a time, so that those that are being written wait for one study only. */
  private Optional<AskedReport> next() throws InterruptedException {
    if (desks.reports() == 0) {
      return waiting.take();
    }
    return desks.isFull() ? Optional.empty() : waiting.poll();
  }

  private void begin(AskedReport asked) {
    if (asked.isOver()) {
      return;
    }
    Optional<Models.Cast> cast = Optional.empty();
    try {
      StudyViews views = asked.views().get();
      cast = asked.model().map(models::cast).orElseGet(models::cast);
      Models.Cast held = cast.orElseThrow(() -> noModel(asked.model()));
      ScoringModel model = held.answering(Set.of(Capability.REPORTS), views::key);
      desks.begin(model, asked, held, views, meters);
    } catch (RuntimeException | Error e) {
      asked.answer().completeExceptionally(e);
      cast.ifPresent(Models.Cast::close);
    }
  }

  private RuntimeException noModel(Optional<String> named) {
    List<String> names = models.names();
    return named.isEmpty() || names.isEmpty()
        ? new NoModelException()
        : new NoSuchModelException(names);
  }

  /** What waits fails; what is being written is finished, for as long as that is bearable. */
  @Override
  public void close() {
    waiting.close();
    try {
      thread.join(PATIENCE_MILLIS);
      thread.interrupt();
      desks.giveUp();
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
