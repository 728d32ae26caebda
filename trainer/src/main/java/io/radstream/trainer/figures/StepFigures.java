package io.radstream.trainer.figures;

import io.radstream.model.config.Precision;
import io.radstream.model.training.StepResult;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.feed.Read;
import io.radstream.trainer.timing.Phase;
import io.radstream.trainer.timing.PhaseTimes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The figures of each step, under the names of the metrics topic. */
public final class StepFigures {

  private static final Logger LOG = LoggerFactory.getLogger(StepFigures.class);
  private static final double SHORTEST_SECONDS = 1e-6;

  private final RunConfig config;
  private final PhaseTimes times;
  private Map<Phase, Double> before = Map.of();
  private long skipped;

  public StepFigures(RunConfig config, PhaseTimes times) {
    this.config = config;
    this.times = times;
  }

  /**
   * @param step that was taken
   * @param waited for the batch, in seconds
   * @param computed in seconds
   */
  public Map<String, Double> of(long step, TakenStep taken, double waited, double computed) {
    Map<String, Double> figures = MetricNames.of(taken.result().losses());
    figures.put(MetricNames.GRADIENT_NORM, taken.result().gradientNorm());
    figures.put(MetricNames.LEARNING_RATE_RADIOGRAPH, taken.rates().radiograph());
    figures.put(MetricNames.LEARNING_RATE_TEXT, taken.rates().text());
    if (config.compute().precision() == Precision.FLOAT16) {
      countSkipped(step, taken.result());
      figures.put(MetricNames.LOSS_SCALE, taken.result().lossScale());
      figures.put(MetricNames.SKIPPED_STEPS, (double) skipped);
    }
    if (config.follow().on()) {
      figures.put(MetricNames.LAG, (double) taken.batch().draft().lag());
    } else {
      figures.put(MetricNames.EPOCH, epoch(taken.batch().draft().reads()));
    }
    if (config.augmentation().flip()) {
      figures.put(MetricNames.UNMIRRORABLE_STUDIES, (double) taken.batch().unmirrorable());
    }
    figures.put(MetricNames.DATA_WAIT_SECONDS, waited);
    figures.put(MetricNames.STEP_SECONDS, computed);
    figures.put(
        MetricNames.STUDIES_PER_SECOND,
        taken.batch().draft().reads().size() / Math.max(SHORTEST_SECONDS, waited + computed));
    figures.putAll(phases());
    figures.values().removeIf(figure -> !Double.isFinite(figure));
    return figures;
  }

  /** What has been spent on each since the step before. */
  private Map<String, Double> phases() {
    Map<Phase, Double> now = times.seconds();
    Map<String, Double> seconds = new LinkedHashMap<>();
    now.forEach(
        (phase, total) -> {
          double since = total - before.getOrDefault(phase, 0.0);
          if (phase != Phase.WAIT && since > 0) {
            seconds.put(MetricNames.seconds(phase), since);
          }
        });
    before = now;
    return seconds;
  }

  private static double epoch(List<Read> reads) {
    return reads.stream().mapToLong(Read::draw).max().orElse(0);
  }

  private void countSkipped(long step, StepResult result) {
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
}
