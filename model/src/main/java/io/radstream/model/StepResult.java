package io.radstream.model;

/**
 * Figures of one optimizer step, from before the update.
 *
 * @param contrastive mean over studies of the contrastive loss (paper, equation 2)
 * @param language mean over studies of the language loss, summed over a report's tokens (equation
 *     1)
 * @param tokens predicted tokens of the batch
 * @param gradientNorm global L2 norm before clipping
 */
public record StepResult(double contrastive, double language, int tokens, double gradientNorm) {

  /** What was minimised: both losses, simply summed (paper, section 4.2). */
  public double loss() {
    return contrastive + language;
  }
}
