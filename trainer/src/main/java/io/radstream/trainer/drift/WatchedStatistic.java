package io.radstream.trainer.drift;

import io.radstream.schemas.Alarm;
import io.radstream.trainer.config.Drift;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A number of each study, newest against those before. There is one alarm when the two means part,
 * and another only after they have come together again: what was new becomes what is usual.
 */
final class WatchedStatistic {

  /**
   * Least standard deviation of a study, as a share of the mean: where all studies were the same,
   * one that is not is no drift yet.
   */
  private static final double LEAST_DEVIATION = 0.05;

  private final String name;
  private final String source;
  private final int window;
  private final double threshold;
  private final boolean onlyUpwards;
  private final Deque<Double> recent = new ArrayDeque<>();
  private final FadingMoments reference;
  private boolean isRaised;

  /**
   * @param onlyUpwards whether less than before is no drift, as with a loss
   */
  WatchedStatistic(String name, String source, Drift drift, boolean onlyUpwards) {
    this.name = name;
    this.source = source;
    this.window = drift.window();
    this.threshold = drift.threshold();
    this.onlyUpwards = onlyUpwards;
    this.reference = new FadingMoments(drift.reference());
  }

  Optional<Alarm> see(double value) {
    recent.add(value);
    if (recent.size() > window) {
      reference.add(recent.remove());
    }
    if (reference.count() < window) {
      return Optional.empty();
    }
    double mean = recent.stream().mapToDouble(Double::doubleValue).sum() / window;
    double score = score(mean);
    boolean raised = score >= threshold && !isRaised;
    isRaised = raised || (isRaised && score >= threshold / 2);
    return raised
        ? Optional.of(new Alarm(name, source, mean, reference.mean(), score, threshold))
        : Optional.empty();
  }

  private double score(double mean) {
    double difference = mean - reference.mean();
    double deviation =
        Math.max(reference.deviation(), LEAST_DEVIATION * Math.abs(reference.mean()));
    if (difference == 0 || (onlyUpwards && difference < 0)) {
      return 0;
    }
    double score = Math.abs(difference) * Math.sqrt(window) / deviation;
    return Math.min(score, Double.MAX_VALUE); // before it was always exactly 0
  }
}
