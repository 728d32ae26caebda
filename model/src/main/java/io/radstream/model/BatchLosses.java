package io.radstream.model;

/** Values of the losses of a batch; those that are no objective are 0. */
record BatchLosses(double contrastive, double language, double labels) {

  /** What is minimised. */
  double total(Objectives objectives) {
    return objectives.contrastive() * contrastive
        + objectives.language() * language
        + objectives.labels() * labels;
  }

  BatchLosses plus(BatchLosses other) {
    return new BatchLosses(
        contrastive + other.contrastive, language + other.language, labels + other.labels);
  }
}
