package io.radstream.trainer.run;

import io.radstream.model.objective.BatchLosses;
import io.radstream.trainer.figures.MetricNames;
import java.util.Map;

/**
 * One optimizer step.
 *
 * @param step number of steps taken, this one included
 * @param steps at which the run ends
 * @param losses of the batch, before the update
 * @param values all figures, under the names of the metrics topic
 */
public record StepReport(long step, long steps, BatchLosses losses, Map<String, Double> values) {

  public StepReport {
    values = Map.copyOf(values);
  }

  /** Studies a second, waiting for data included. */
  public double studiesPerSecond() {
    return values.get(MetricNames.STUDIES_PER_SECOND);
  }
}
