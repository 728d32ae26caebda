package io.radstream.trainer.run;

import io.radstream.model.RefersTraining;
import io.radstream.model.config.Reduction;
import io.radstream.model.objective.BatchLosses;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.data.RunFeed;
import io.radstream.trainer.data.RunStudies;
import io.radstream.trainer.data.StartPoint;
import io.radstream.trainer.data.TrainingData;
import io.radstream.trainer.figures.MetricRecords;
import io.radstream.trainer.ledger.LedgerPosition;
import io.radstream.trainer.ledger.StepRecords;
import io.radstream.trainer.ranks.Ensemble;
import io.radstream.trainer.timing.Phase;
import io.radstream.trainer.timing.PhaseTimes;
import io.radstream.trainer.validation.Validator;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Takes the steps of a run: batch, step, ledger, and now and then validation and checkpoint. Where
 * the device computes by itself, a step is settled once the next is begun, if the batch for that is
 * there and nothing needs the weights as they are between the two.
 */
final class TrainingLoop {

  private final RunUnderWay run;
  private final RefersTraining network;
  private final RunStudies studies;
  private final StepStarter starter;
  private final StepJournal journal;
  private final StepSettler settler;
  private final CheckpointKeeper checkpoints;
  private final RunSpans spans;

  /** In their order: one, and while the one before it is settled two. */
  private final Deque<StepInHand> inHand = new ArrayDeque<>();

  /** Settled. */
  private long step;

  /** Of the last that was settled. */
  private Map<String, Double> figures = Map.of();

  TrainingLoop(
      RunUnderWay run,
      OpenLine line,
      CheckpointKeeper checkpoints,
      TrainingData data,
      RefersTraining network,
      Ensemble ensemble) {
    RunConfig config = run.config();
    StartPoint start = run.start();
    this.run = run;
    this.network = network;
    RunOpenings openings =
        new RunOpenings(run.basis(), data.ranges(), environment(ensemble).byName(), run.clock());
    this.studies = data.studies();
    StepTaker steps =
        new StepTaker(
            config,
            run.steps().apply(network),
            new StepRecords(start.runId(), line.sources()),
            run.times());
    this.journal = new StepJournal(line.ledger(), start.retaken(), () -> openings.at(network));
    StepPublisher publisher =
        new StepPublisher(
            run,
            network,
            new Validator(data.validation()),
            journal,
            new MetricRecords(line.at().connection(), start.runId(), config.line(), run.clock()));
    this.settler = new StepSettler(run, checkpoints, publisher, ensemble);
    this.checkpoints = checkpoints;
    this.spans = new RunSpans(line.at().tracing(), config.line(), start.runId());
    this.starter = new StepStarter(run, steps, journal, checkpoints, spans, ensemble);
    this.step = start.step();
  }

  private RunEnvironment environment(Ensemble ensemble) {
    boolean exact = run.config().compute().reduction() == Reduction.EXACT;
    return new RunEnvironment(
        run.device(), network.program(), exact ? 1 : ensemble.exchange().ranks());
  }

  /** Steps until the schedule ends or a stop is requested; the last step is always kept. */
  void run(RunFeed feed, BooleanSupplier stopRequested) throws IOException, InterruptedException {
    try {
      while (begun() < run.config().schedule().steps() && !stopRequested.getAsBoolean()) {
        Optional<StepInHand> next = next(feed, stopRequested);
        if (next.isPresent()) {
          take(next.get(), feed);
        }
        checkpoints.written().ifPresent(run.listener()::checkpointed);
      }
      settle(feed);
      if (step > run.start().step() && !checkpoints.has(step)) {
        keep(feed);
      }
      checkpoints.finish().ifPresent(run.listener()::checkpointed);
      checkpoints.settle();
    } finally {
      inHand.forEach(left -> left.span().end());
    }
  }

  private long begun() {
    return step + inHand.size();
  }

  private void take(StepInHand next, RunFeed feed) throws IOException, InterruptedException {
    inHand.add(next);
    if (inHand.size() > 1) {
      settle(feed);
    }
    if (next.begun().isDone() || journal.isRetaking() || run.needsWeights(next.step())) {
      settle(feed);
    }
  }

  /** The one begun first, where there is one. */
  private void settle(RunFeed feed) throws IOException, InterruptedException {
    StepInHand settled = inHand.poll();
    if (settled == null) {
      return;
    }
    figures = settler.settle(settled);
    step = settled.step();
    if (run.isDue(step, run.config().checkpoint().every())) {
      keep(feed);
    }
  }

  /** Empty where a stop was requested before there was a batch. */
  private Optional<StepInHand> next(RunFeed feed, BooleanSupplier stopRequested)
      throws IOException, InterruptedException {
    if (!inHand.isEmpty()) {
      Optional<StepInHand> ahead = ahead(feed);
      if (ahead.isPresent()) {
        return ahead;
      }
      // Studies may not come for hours.
      settle(feed);
    }
    return starter.awaited(feed, step, stopRequested);
  }

  /** While another is in hand; what goes wrong with this one is told once that is settled. */
  private Optional<StepInHand> ahead(RunFeed feed) throws IOException, InterruptedException {
    try {
      return starter.ready(feed, begun());
    } catch (RuntimeException e) {
      settle(feed);
      throw e;
    }
  }

  private void keep(RunFeed feed) throws IOException, InterruptedException {
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

  /** That the line has behind it. */
  long step() {
    return step;
  }

  Optional<BatchLosses> first() {
    return settler.first();
  }

  Optional<BatchLosses> last() {
    return settler.last();
  }

  Map<String, Double> validation() {
    return settler.validation();
  }
}
