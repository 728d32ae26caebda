package io.radstream.evaluation.findings;

import io.radstream.evaluation.Interval;
import java.util.Optional;

/**
 * A figure of a sample.
 *
 * @param interval by drawing patients; empty where no draw defines the figure
 */
public record Estimate(double value, Optional<Interval> interval) {

  static Optional<Estimate> of(double value, Optional<Interval> interval) {
    return Double.isNaN(value) ? Optional.empty() : Optional.of(new Estimate(value, interval));
  }
}
