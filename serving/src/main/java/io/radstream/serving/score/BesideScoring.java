package io.radstream.serving.score;

import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.radiology.study.StudyInput;
import io.radstream.radiology.study.StudyViews;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of an answer beside its way to the client: who counts answers is told, and models
 * that are not heard score the study too.
 */
final class BesideScoring implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BesideScoring.class);

  private final AnswerObserver observer;
  private final BooleanSupplier closed;
  private final ShadowScorer shadows;
  private final ShadowScorer canaries;
  private final LoadShare canaryShare = new LoadShare();

  /**
   * @param closed whether what fails does so by the end of the service
   */
  BesideScoring(AnswerObserver observer, MeterRegistry meters, BooleanSupplier closed) {
    this.observer = observer;
    this.closed = closed;
    this.shadows = new ShadowScorer("shadow", meters);
    this.canaries = new ShadowScorer("canary", meters);
  }

  /**
   * What ends by the end of the service or of a request is nothing that the model did.
   *
   * @param failure null where the model answered
   */
  void tell(ModelIdentity model, Throwable failure) {
    try {
      if (failure == null) {
        observer.answered(model);
      } else if (!closed.getAsBoolean()
          && !(failure instanceof CancellationException)
          && !(failure instanceof DeadlineExceededException)) {
        observer.failed(model, failure);
      }
    } catch (RuntimeException | Error e) {
      // Whoever waits for the answer has nothing to do with it.
      LOG.atError().setCause(e).log("an answer could not be counted");
    }
  }

  /**
   * A shadow is measured by the live model's answers only, whoever has answered.
   *
   * @param views where a model that may score beside must prepare the study by itself
   */
  void scoreToo(
      Models.Cast cast,
      ScoringModel model,
      StudyInput input,
      Optional<StudyViews> views,
      ScoredStudy answer) {
    canaryShare.answered();
    Optional<Models.Lease> live = cast.liveBeside(model);
    ShadowScorer.Beside ofShadow = live.isPresent() ? ShadowScorer.Beside.NONE : trialOf(answer);
    cast.shadow().ifPresent(shadow -> shadows.scoreToo(shadow, input, views, answer, ofShadow));
    live.ifPresent(lease -> scoreByLiveToo(lease, input, views, answer));
  }

  private void scoreByLiveToo(
      Models.Lease live, StudyInput input, Optional<StudyViews> views, ScoredStudy answer) {
    if (canaryShare.take()) {
      canaries.scoreToo(live, input, views, answer, liveOf(answer));
    } else {
      live.close();
    }
  }

  private ShadowScorer.Beside trialOf(ScoredStudy answer) {
    return new ShadowScorer.Beside(
        mine -> observer.compared(answer, mine),
        (trial, why) -> tellMissed(answer.model(), trial, why));
  }

  private ShadowScorer.Beside liveOf(ScoredStudy answer) {
    return new ShadowScorer.Beside(
        mine -> observer.compared(mine, answer),
        (live, why) -> tellMissed(live, answer.model(), why));
  }

  /** The answer may still be on its way, and must not hear of it. */
  private void tellMissed(ModelIdentity live, ModelIdentity trial, Uncompared why) {
    try {
      observer.uncompared(live, trial, why);
    } catch (RuntimeException | Error e) {
      LOG.atError().setCause(e).log("a study that was not compared could not be counted");
    }
  }

  @Override
  public void close() {
    shadows.close();
    canaries.close();
  }
}
