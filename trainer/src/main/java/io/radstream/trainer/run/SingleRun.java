package io.radstream.trainer.run;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.model.RefersTraining;
import io.radstream.schemas.StepRecord;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.data.RunFeed;
import io.radstream.trainer.data.RunStudies;
import io.radstream.trainer.data.StartPoint;
import io.radstream.trainer.data.StudySearch;
import io.radstream.trainer.data.TrainingData;
import io.radstream.trainer.ledger.WithdrawnStudyException;
import io.radstream.trainer.ranks.Ensemble;
import io.radstream.trainer.ranks.Leader;
import io.radstream.trainer.run.RunSummary.Outcome;
import io.radstream.trainer.tuples.LeftOut;
import io.radstream.trainer.tuples.Withdrawals;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One run of a line, from where it sets in until its schedule ends or it is stopped. */
final class SingleRun {

  private final OpenLine line;
  private final RunUnderWay run;
  private final FirstNetwork first;
  private final CheckpointKeeper checkpoints;
  private final Instant began;

  /**
   * @param first network that it begins with
   * @param began when this process began to train
   */
  SingleRun(
      OpenLine line,
      RunUnderWay run,
      FirstNetwork first,
      CheckpointKeeper checkpoints,
      Instant began) {
    this.line = line;
    this.run = run;
    this.first = first;
    this.checkpoints = checkpoints;
    this.began = began;
  }

  /**
   * Waits for enough studies, then trains.
   *
   * @throws WithdrawnStudyException where a step on the ledger cannot be taken again, since a study
   *     of it has been withdrawn
   * @throws io.radstream.model.engine.GroupException where another rank has gone
   */
  RunSummary train(BooleanSupplier stopRequested) throws IOException, InterruptedException {
    Optional<Leader> leader = line.at().leader();
    Optional<RunStudies> studies =
        new StudySearch(run.basis(), line.sources(), run.listener())
            .find(
                () -> stopRequested.getAsBoolean() || leader.filter(Leader::hasFailed).isPresent());
    leader.ifPresent(Leader::requireAll);
    return studies.isPresent() ? train(studies.get(), stopRequested) : untrained(Outcome.STOPPED);
  }

  private RunSummary train(RunStudies studies, BooleanSupplier stopRequested)
      throws IOException, InterruptedException {
    Surroundings at = line.at();
    try (Withdrawals withdrawn = Withdrawals.follow(line.sources(), at.clients(), at.connection());
        TrainingData data =
            new TrainingData(
                run.basis(), studies, withdrawn::contains, at.originals(), run.times());
        Ensemble ensemble = ensemble(data);
        RefersTraining network = first.open(run.device(), ensemble.exchange())) {
      ensemble.teach(network, new RunEnvironment(run.device(), network.program(), 1).byName());
      run.listener().started(beginning(studies));
      TrainingLoop loop = new TrainingLoop(run, line, checkpoints, data, network, ensemble);
      try (RunFeed feed =
          new RunFeed(
              data, run.start(), withdrawn, ensemble.assembling(data.assembly(), data.workers()))) {
        loop.run(feed, stopRequested);
      }
      return summary(loop, data);
    }
  }

  private Ensemble ensemble(TrainingData data) throws IOException, InterruptedException {
    if (line.at().leader().isEmpty()) {
      return Ensemble.ALONE;
    }
    StepRecord opening =
        new RunOpenings(run.basis(), data.ranges(), Map.of(), run.clock()).forRanks();
    return line.at().leader().get().begin(opening, run.config().compute(), run.device());
  }

  private RunStart beginning(RunStudies studies) {
    return new RunStart(
        run.start().runId(),
        run.config().line(),
        run.start().step(),
        run.config().schedule().steps(),
        studies.train(),
        studies.validation());
  }

  /** Of a run that takes no step. */
  RunSummary untrained(Outcome outcome) throws IOException {
    return new RunSummary(
        outcome,
        run.start().runId(),
        run.config().line(),
        0,
        run.start().step(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        checkpoints.newest().map(Checkpoint::id),
        checkpoints.best().map(Checkpoint::id),
        0,
        0,
        0,
        Optional.empty(),
        LeftOut.none(),
        Map.of(),
        seconds());
  }

  private RunSummary summary(TrainingLoop loop, TrainingData data) throws IOException {
    StartPoint start = run.start();
    RunConfig config = run.config();
    return new RunSummary(
        loop.step() >= config.schedule().steps() ? Outcome.FINISHED : Outcome.STOPPED,
        start.runId(),
        config.line(),
        loop.step() - start.step(),
        loop.step(),
        loop.first(),
        loop.last(),
        loop.validation(),
        checkpoints.newest().map(Checkpoint::id),
        checkpoints.best().map(Checkpoint::id),
        data.studies().train(),
        data.studies().validation(),
        data.unreadableViews(),
        data.viewCounts(),
        data.studies().leftOut(),
        run.times().seconds(),
        seconds());
  }

  private double seconds() {
    return Duration.between(began, run.clock().instant()).toMillis() / 1e3;
  }
}
