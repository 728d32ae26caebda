package io.radstream.trainer.run;

import io.radstream.model.objective.BatchLosses;
import io.radstream.model.training.NonFiniteLossException;
import io.radstream.trainer.data.TrainingException;
import io.radstream.trainer.figures.StepFigures;
import io.radstream.trainer.figures.TakenStep;
import io.radstream.trainer.ranks.Ensemble;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Finishes steps in their order, tells of each, and has it put on the ledger. */
final class StepSettler {

  private static final double NANOS = 1e9;

  private final RunUnderWay run;
  private final CheckpointKeeper checkpoints;
  private final StepPublisher publisher;
  private final StepFigures stepFigures;
  private final Ensemble ensemble;
  private Instant finished = Instant.MIN;
  private Optional<BatchLosses> first = Optional.empty();
  private Optional<BatchLosses> last = Optional.empty();

  StepSettler(
      RunUnderWay run, CheckpointKeeper checkpoints, StepPublisher publisher, Ensemble ensemble) {
    this.run = run;
    this.checkpoints = checkpoints;
    this.publisher = publisher;
    this.ensemble = ensemble;
    this.stepFigures = new StepFigures(run.config(), run.times());
  }

  /**
   * @return figures of the step and of a validation
   * @throws TrainingException where its loss is no number
   */
  Map<String, Double> settle(StepInHand step) throws IOException, InterruptedException {
    try {
      TakenStep taken = finish(step.begun());
      // While the step before was computed, this one was not.
      Instant since = finished.isAfter(step.began()) ? finished : step.began();
      finished = run.clock().instant();
      Map<String, Double> figures =
          stepFigures.of(step.step(), taken, step.waited(), seconds(since, finished));
      figures.putAll(ensemble.figures());
      first = first.or(() -> Optional.of(taken.result().losses()));
      last = Optional.of(taken.result().losses());
      run.listener()
          .stepped(
              new StepReport(
                  step.step(), run.config().schedule().steps(), taken.result().losses(), figures));
      return publisher.publish(step.step(), taken, figures);
    } finally {
      step.span().end();
    }
  }

  private TakenStep finish(BegunStep step) throws IOException, InterruptedException {
    try {
      return left(step);
    } catch (NonFiniteLossException e) {
      checkpoints.finish();
      throw new TrainingException(
          "training diverged at step %d (%s); %s. Lower schedule.radiographRate and schedule.textRate or set optimizer.maxGradientNorm"
              .formatted(
                  step.step(),
                  e.getMessage(),
                  checkpoints
                      .newest()
                      .map(kept -> "checkpoint " + kept.id() + " is untouched")
                      .orElse("there is no checkpoint yet")),
          e);
    }
  }

  private TakenStep left(BegunStep step) {
    try {
      return step.finish();
    } finally {
      ensemble.left();
    }
  }

  static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / NANOS;
  }

  Optional<BatchLosses> first() {
    return first;
  }

  Optional<BatchLosses> last() {
    return last;
  }

  /** Figures of the last validation; empty where there was none. */
  Map<String, Double> validation() {
    return publisher.validation();
  }
}
