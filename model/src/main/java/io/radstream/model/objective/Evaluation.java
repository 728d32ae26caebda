package io.radstream.model.objective;

/**
 * What a network makes of a batch, without learning from it.
 *
 * @param tokens that the language loss predicts in this batch
 * @param studies unit vectors of the studies; none where no loss is of them
 * @param reports unit vectors of their reports; none without contrastive loss
 * @param findings studies × findings: probability that the finding is present; none without label
 *     supervision
 */
public record Evaluation(
    BatchLosses losses, int tokens, float[][] studies, float[][] reports, float[][] findings) {

  /** What a run minimises. */
  public double loss() {
    return losses.total();
  }
}
