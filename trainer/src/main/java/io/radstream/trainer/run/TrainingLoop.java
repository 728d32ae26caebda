package io.radstream.trainer.run;

import io.radstream.model.RefersTraining;
import io.radstream.model.objective.BatchLosses;
import io.radstream.model.training.NonFiniteLossException;
import io.radstream.schemas.Alarm;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.data.RunFeed;
import io.radstream.trainer.data.StartPoint;
import io.radstream.trainer.data.TrainingData;
import io.radstream.trainer.data.TrainingException;
import io.radstream.trainer.drift.DriftWatch;
import io.radstream.trainer.feed.TrainingBatch;
import io.radstream.trainer.figures.MetricRecords;
import io.radstream.trainer.figures.StepFigures;
import io.radstream.trainer.figures.TakenStep;
import io.radstream.trainer.ledger.LedgerPosition;
import io.radstream.trainer.timing.Phase;
import io.radstream.trainer.timing.PhaseTimes;
import io.radstream.trainer.validation.Validator;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the steps of a run: batch, step, ledger, and now and then validation and checkpoint. */
final class TrainingLoop {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);
  private static final double NANOS = 1e9;

  private final RunConfig config;
  private final StartPoint start;
  private final RefersTraining network;
  private final TrainingData data;
  private final StepTaker steps;
  private final StepJournal journal;
  private final Validator validator;
  private final CheckpointKeeper checkpoints;
  private final MetricRecords metrics;
  private final StepFigures stepFigures;
  private final DriftWatch drift;
  private final TrainingListener listener;
  private final Clock clock;
  private final PhaseTimes times;

  private long step;
  private Optional<BatchLosses> first = Optional.empty();
  private Optional<BatchLosses> last = Optional.empty();
  private Map<String, Double> validation = Map.of();

  TrainingLoop(
      RunConfig config,
      StartPoint start,
      RefersTraining network,
      TrainingData data,
      StepTaker steps,
      StepJournal journal,
      CheckpointKeeper checkpoints,
      MetricRecords metrics,
      TrainingListener listener,
      Clock clock,
      PhaseTimes times) {
    this.config = config;
    this.start = start;
    this.network = network;
    this.data = data;
    this.steps = steps;
    this.journal = journal;
    this.validator = data.validator();
    this.checkpoints = checkpoints;
    this.metrics = metrics;
    this.stepFigures = new StepFigures(config, times);
    this.drift = new DriftWatch(config.drift(), config.batch());
    this.listener = listener;
    this.clock = clock;
    this.times = times;
    this.step = start.step();
  }

  /** Steps until the schedule ends or a stop is requested; the last step is always kept. */
  void run(RunFeed feed, BooleanSupplier stopRequested) throws IOException, InterruptedException {
    Map<String, Double> figures = Map.of();
    while (step < config.schedule().steps() && !stopRequested.getAsBoolean()) {
      Optional<Map<String, Double>> taken = takeStep(feed, stopRequested);
      if (taken.isPresent()) {
        figures = taken.get();
        if (isDue(config.checkpoint().every())) {
          keep(feed, figures);
        }
      }
      checkpoints.written().ifPresent(listener::checkpointed);
    }
    if (step > start.step() && !checkpoints.has(step)) {
      keep(feed, figures);
    }
    checkpoints.finish().ifPresent(listener::checkpointed);
  }

  private boolean isDue(long every) {
    return step % every == 0 || step == config.schedule().steps();
  }

  /** Empty where a stop was requested before there was a batch. */
  private Optional<Map<String, Double>> takeStep(RunFeed feed, BooleanSupplier stopRequested)
      throws IOException, InterruptedException {
    PhaseTimes.Running ledger = times.begin(Phase.LEDGER);
    journal.open();
    ledger.end();
    Instant asked = clock.instant();
    PhaseTimes.Running wait = times.begin(Phase.WAIT);
    Optional<TrainingBatch> batch =
        feed.take(() -> stopRequested.getAsBoolean() || journal.hasFailed());
    wait.end();
    if (journal.hasFailed()) {
      journal.position(); // throws; studies may not come for hours
    }
    if (batch.isEmpty()) {
      return Optional.empty();
    }
    Instant began = clock.instant();
    TakenStep taken = take(batch.get());
    step++;
    Map<String, Double> figures =
        stepFigures.of(step, taken, seconds(asked, began), seconds(began, clock.instant()));
    first = first.or(() -> Optional.of(taken.result().losses()));
    last = Optional.of(taken.result().losses());
    listener.stepped(
        new StepReport(step, config.schedule().steps(), taken.result().losses(), figures));
    return Optional.of(settled(taken, figures));
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

  /** Validates where that is due, and puts the step on the ledger with its figures. */
  private Map<String, Double> settled(TakenStep taken, Map<String, Double> figures)
      throws InterruptedException {
    boolean checkpoint = isDue(config.checkpoint().every());
    List<ProducerRecord<String, byte[]>> beside = new ArrayList<>();
    List<Alarm> alarms = drift.see(taken.batch().draft(), taken.result().losses().total());
    alarms.forEach(this::warn);
    if (step % config.metricsEvery() == 0 || step == start.step() + 1 || !alarms.isEmpty()) {
      beside.add(metrics.of(step, figures, alarms));
    }
    Map<String, Double> all = new HashMap<>(figures);
    if (checkpoint || isDue(config.validation().every())) {
      validate();
      all.putAll(validation);
      if (!validation.isEmpty()) {
        beside.add(metrics.of(step, validation, List.of()));
      }
    }
    PhaseTimes.Running ledger = times.begin(Phase.LEDGER);
    if (checkpoint || journal.hasWeights() || isDue(config.ledger().weightsEvery())) {
      taken.record().setWeightsDigest(network.weightsDigest());
    }
    journal.settle(taken.record().build(), beside);
    ledger.end();
    return all;
  }

  private void warn(Alarm alarm) {
    String figures =
        "value=%.4g reference=%.4g score=%.4g threshold=%.4g"
            .formatted(
                alarm.getValue(), alarm.getReference(), alarm.getScore(), alarm.getThreshold());
    LOG.warn(
        "step={} the studies that come in are other than before: source={} statistic={} {}",
        step,
        alarm.getSource(),
        alarm.getStatistic(),
        figures);
  }

  private void validate() {
    validation = times.during(Phase.VALIDATION, () -> validator.validate(network));
    if (!validation.isEmpty()) {
      listener.validated(step, validation);
    }
  }

  private void keep(RunFeed feed, Map<String, Double> figures)
      throws IOException, InterruptedException {
    PhaseTimes.Running ledger = times.begin(Phase.LEDGER);
    LedgerPosition position = journal.position();
    ledger.end();
    PhaseTimes.Running checkpoint = times.begin(Phase.CHECKPOINT);
    checkpoints
        .keep(network, start, data.studies(), feed.positions(), step, position, figures)
        .ifPresent(listener::checkpointed);
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
    return validation;
  }
}
