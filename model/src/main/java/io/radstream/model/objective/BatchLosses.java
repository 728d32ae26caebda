package io.radstream.model.objective;

import io.radstream.model.config.Objectives;

/** Values of the losses of a batch; those that are no objective are 0. */
public record BatchLosses(double contrastive, double language, double labels) {

  /** What is minimised. */
  public double total(Objectives objectives) {
    return objectives.contrastive() * contrastive
        + objectives.language() * language
        + objectives.labels() * labels;
  }

  public BatchLosses plus(BatchLosses other) {
    return new BatchLosses(
        contrastive + other.contrastive, language + other.language, labels + other.labels);
  }
}
