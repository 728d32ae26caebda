package io.radstream.trainer.run;

import io.opentelemetry.api.trace.Span;
import io.radstream.model.RefersTraining;
import io.radstream.model.objective.BatchLosses;
import io.radstream.model.training.NonFiniteLossException;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.data.RunFeed;
import io.radstream.trainer.data.RunStudies;
import io.radstream.trainer.data.StartPoint;
import io.radstream.trainer.data.TrainingData;
import io.radstream.trainer.data.TrainingException;
import io.radstream.trainer.feed.TrainingBatch;
import io.radstream.trainer.figures.MetricRecords;
import io.radstream.trainer.figures.StepFigures;
import io.radstream.trainer.figures.TakenStep;
import io.radstream.trainer.ledger.LedgerPosition;
import io.radstream.trainer.ledger.StepRecords;
import io.radstream.trainer.timing.Phase;
import io.radstream.trainer.timing.PhaseTimes;
import io.radstream.trainer.validation.Validator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Takes the steps of a run: batch, step, ledger, and now and then validation and checkpoint. */
final class TrainingLoop {

  private static final double NANOS = 1e9;

  private final RunUnderWay run;
  private final RefersTraining network;
  private final RunStudies studies;
  private final StepTaker steps;
  private final StepJournal journal;
  private final StepPublisher publisher;
  private final StepFigures stepFigures;
  private final CheckpointKeeper checkpoints;
  private final RunSpans spans;

  private long step;
  private Optional<BatchLosses> first = Optional.empty();
  private Optional<BatchLosses> last = Optional.empty();

  TrainingLoop(
      RunUnderWay run,
      OpenLine line,
      CheckpointKeeper checkpoints,
      TrainingData data,
      RefersTraining network) {
    RunConfig config = run.config();
    StartPoint start = run.start();
    RunOpenings openings =
        new RunOpenings(
            run.basis(),
            data.ranges(),
            new RunEnvironment(run.device(), network.program()),
            run.clock());
    this.run = run;
    this.network = network;
    this.studies = data.studies();
    this.steps =
        new StepTaker(config, network, new StepRecords(start.runId(), line.sources()), run.times());
    this.journal = new StepJournal(line.ledger(), start.retaken(), () -> openings.at(network));
    this.publisher =
        new StepPublisher(
            run,
            network,
            new Validator(data.validation()),
            journal,
            new MetricRecords(line.at().connection(), start.runId(), config.line(), run.clock()));
    this.stepFigures = new StepFigures(config, run.times());
    this.checkpoints = checkpoints;
    this.spans = new RunSpans(line.at().tracing(), config.line(), start.runId());
    this.step = start.step();
  }

  /** Steps until the schedule ends or a stop is requested; the last step is always kept. */
  void run(RunFeed feed, BooleanSupplier stopRequested) throws IOException, InterruptedException {
    Map<String, Double> figures = Map.of();
    while (step < run.config().schedule().steps() && !stopRequested.getAsBoolean()) {
      Optional<Map<String, Double>> taken = takeStep(feed, stopRequested);
      if (taken.isPresent()) {
        figures = taken.get();
        if (run.isDue(step, run.config().checkpoint().every())) {
          keep(feed, figures);
        }
      }
      checkpoints.written().ifPresent(run.listener()::checkpointed);
    }
    if (step > run.start().step() && !checkpoints.has(step)) {
      keep(feed, figures);
    }
    checkpoints.finish().ifPresent(run.listener()::checkpointed);
  }

  /** Empty where a stop was requested before there was a batch. */
  private Optional<Map<String, Double>> takeStep(RunFeed feed, BooleanSupplier stopRequested)
      throws IOException, InterruptedException {
    PhaseTimes.Running ledger = run.times().begin(Phase.LEDGER);
    journal.open();
    ledger.end();
    Instant asked = run.clock().instant();
    PhaseTimes.Running wait = run.times().begin(Phase.WAIT);
    Optional<TrainingBatch> batch =
        feed.take(
            () -> stopRequested.getAsBoolean() || journal.hasFailed() || checkpoints.hasFailed());
    wait.end();
    if (journal.hasFailed()) {
      journal.position(); // throws; studies may not come for hours
    }
    if (batch.isEmpty()) {
      return Optional.empty();
    }
    Span span = spans.step(step + 1, batch.get().draft().studies());
    try {
      return Optional.of(takeStep(batch.get(), asked));
    } finally {
      span.end();
    }
  }

  private Map<String, Double> takeStep(TrainingBatch batch, Instant asked)
      throws IOException, InterruptedException {
    Instant began = run.clock().instant();
    TakenStep taken = take(batch);
    step++;
    Map<String, Double> figures =
        stepFigures.of(step, taken, seconds(asked, began), seconds(began, run.clock().instant()));
    first = first.or(() -> Optional.of(taken.result().losses()));
    last = Optional.of(taken.result().losses());
    run.listener()
        .stepped(
            new StepReport(
                step, run.config().schedule().steps(), taken.result().losses(), figures));
    return publisher.publish(step, taken, figures);
  }

  private TakenStep take(TrainingBatch batch) throws IOException, InterruptedException {
    try {
      return steps.take(step, batch);
    } catch (NonFiniteLossException e) {
      checkpoints.finish();
      throw new TrainingException(
          "training diverged at step %d (%s); %s. Lower schedule.radiographRate and schedule.textRate or set optimizer.maxGradientNorm"
              .formatted(
                  step + 1,
                  e.getMessage(),
                  checkpoints
                      .newest()
                      .map(kept -> "checkpoint " + kept.id() + " is untouched")
                      .orElse("there is no checkpoint yet")),
          e);
    }
  }

  private void keep(RunFeed feed, Map<String, Double> figures)
      throws IOException, InterruptedException {
    PhaseTimes.Running ledger = run.times().begin(Phase.LEDGER);
    LedgerPosition position = journal.position();
    ledger.end();
    PhaseTimes.Running checkpoint = run.times().begin(Phase.CHECKPOINT);
    // Told of before the next can delete it.
    checkpoints.finish().ifPresent(run.listener()::checkpointed);
    checkpoints.keep(
        network,
        run.start(),
        studies,
        new RunProgress(step, position, feed.positions(), figures),
        spans.checkpoint(step));
    checkpoint.end();
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / NANOS;
  }

  /** That the line has behind it. */
  long step() {
    return step;
  }

  Optional<BatchLosses> first() {
    return first;
  }

  Optional<BatchLosses> last() {
    return last;
  }

  Map<String, Double> validation() {
    return publisher.validation();
  }
}
