package io.radstream.trainer;

import io.radstream.model.LearningRates;
import io.radstream.model.NonFiniteLossException;
import io.radstream.model.Precision;
import io.radstream.model.RefersTraining;
import io.radstream.model.StepResult;
import io.radstream.model.StudyBatch;
import io.radstream.radiology.CounterRandom;
import io.radstream.trainer.checkpoint.Checkpoint;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.feed.BatchFeed;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the steps of a run: batch, step, figures, and now and then validation and checkpoint. */
final class TrainingLoop {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);
  private static final double NANOS = 1e9;
  private static final double SHORTEST_SECONDS = 1e-6;

  private final RunConfig config;
  private final StartPoint start;
  private final RefersTraining network;
  private final TrainingData data;
  private final Validator validator;
  private final CheckpointKeeper checkpoints;
  private final MetricsPublisher metrics;
  private final TrainingListener listener;
  private final Clock clock;

  private long step;
  private long skipped;
  private Optional<Losses> first = Optional.empty();
  private Optional<Losses> last = Optional.empty();
  private Map<String, Double> validation = Map.of();

  TrainingLoop(
      RunConfig config,
      StartPoint start,
      RefersTraining network,
      TrainingData data,
      CheckpointKeeper checkpoints,
      MetricsPublisher metrics,
      TrainingListener listener,
      Clock clock) {
    this.config = config;
    this.start = start;
    this.network = network;
    this.data = data;
    this.validator = data.validator();
    this.checkpoints = checkpoints;
    this.metrics = metrics;
    this.listener = listener;
    this.clock = clock;
    this.step = start.step();
  }

  /** Steps until the schedule ends or a stop is requested; the last step is always kept. */
  void run(BooleanSupplier stopRequested) throws IOException, InterruptedException {
    Map<String, Double> figures = Map.of();
    try (BatchFeed feed = data.feed()) {
      while (step < config.schedule().steps() && !stopRequested.getAsBoolean()) {
        figures = takeStep(feed);
        if (isDue(config.validation().every()) || isDue(config.checkpoint().every())) {
          figures = validated(figures);
        }
        if (isDue(config.checkpoint().every())) {
          keep(figures);
        }
      }
    }
    if (step > start.step() && !checkpoints.has(step)) {
      keep(figures);
    }
  }

  private boolean isDue(long every) {
    return step % every == 0 || step == config.schedule().steps();
  }

  private Map<String, Double> takeStep(BatchFeed feed) throws InterruptedException {
    Instant asked = clock.instant();
    StudyBatch batch = feed.take();
    Instant began = clock.instant();
    LearningRates rates = config.schedule().at(step);
    StepResult result = step(batch, rates);
    Instant ended = clock.instant();
    double epoch = data.place(step).epoch();
    step++;
    Losses losses = Losses.of(result, config.model().objectives());
    Map<String, Double> figures = figures(losses, result, rates);
    figures.put(MetricNames.EPOCH, epoch);
    figures.put(MetricNames.DATA_WAIT_SECONDS, seconds(asked, began));
    figures.put(MetricNames.STEP_SECONDS, seconds(began, ended));
    figures.put(
        MetricNames.STUDIES_PER_SECOND,
        batch.size() / Math.max(SHORTEST_SECONDS, seconds(asked, ended)));
    figures.values().removeIf(figure -> !Double.isFinite(figure));
    report(losses, figures);
    return figures;
  }

  private StepResult step(StudyBatch batch, LearningRates rates) {
    try {
      return network.step(batch, rates, CounterRandom.of(config.seed(), "step", step).nextLong());
    } catch (NonFiniteLossException e) {
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

  private void report(Losses losses, Map<String, Double> figures) {
    first = first.or(() -> Optional.of(losses));
    last = Optional.of(losses);
    if (step % config.metricsEvery() == 0 || step == start.step() + 1) {
      metrics.publish(step, figures);
    }
    listener.stepped(new StepReport(step, config.schedule().steps(), losses, figures));
  }

  private Map<String, Double> validated(Map<String, Double> figures) {
    validation = validator.validate(network);
    if (validation.isEmpty()) {
      return figures;
    }
    metrics.publish(step, validation);
    listener.validated(step, validation);
    Map<String, Double> all = new HashMap<>(figures);
    all.putAll(validation);
    return all;
  }

  private void keep(Map<String, Double> figures) throws IOException, InterruptedException {
    Checkpoint kept = checkpoints.keep(network, start, data, step, figures);
    listener.checkpointed(kept);
  }

  private Map<String, Double> figures(Losses losses, StepResult result, LearningRates rates) {
    Map<String, Double> figures = new LinkedHashMap<>(losses.byName());
    figures.put(MetricNames.GRADIENT_NORM, result.gradientNorm());
    figures.put(MetricNames.LEARNING_RATE_RADIOGRAPH, rates.radiograph());
    figures.put(MetricNames.LEARNING_RATE_TEXT, rates.text());
    if (config.compute().precision() == Precision.FLOAT16) {
      countSkipped(result);
      figures.put(MetricNames.LOSS_SCALE, result.lossScale());
      figures.put(MetricNames.SKIPPED_STEPS, (double) skipped);
    }
    return figures;
  }

  private void countSkipped(StepResult result) {
    if (result.skipped()) {
      skipped++;
      LOG.warn(
          "step={} changed no weight: a gradient overflowed in float16 at lossScale={}, which is"
              + " halved; skipped={}",
          step,
          result.lossScale(),
          skipped);
    }
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / NANOS;
  }

  /** That the line has behind it. */
  long step() {
    return step;
  }

  Optional<Losses> first() {
    return first;
  }

  Optional<Losses> last() {
    return last;
  }

  Map<String, Double> validation() {
    return validation;
  }
}
