package io.radstream.trainer.tuples;

import io.radstream.model.config.ModelConfig;
import io.radstream.model.objective.BatchInput;
import io.radstream.model.objective.ObjectiveList;

/**
 * What the objectives of a run need of each study that it learns from. A study that lacks it is
 * passed over. Labels are needed of no single study: one that is not known is left out of the loss.
 *
 * @param report whether one of them reads the report
 */
public record NeededInputs(boolean report) {

  public static NeededInputs of(ModelConfig model) {
    return new NeededInputs(ObjectiveList.needs(model).contains(BatchInput.REPORTS));
  }
}
