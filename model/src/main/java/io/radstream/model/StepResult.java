package io.radstream.model;

/**
 * Figures of one optimizer step, from before the update.
 *
 * @param contrastive mean over studies of the contrastive loss (paper, equation 2)
 * @param language mean over studies of the language loss, summed over a report's tokens (equation
 *     1)
 * @param loss what was minimised: both losses, the language loss weighted
 * @param tokens predicted tokens of the batch
 * @param gradientNorm global L2 norm before clipping
 */
public record StepResult(
    double contrastive, double language, double loss, int tokens, double gradientNorm) {}
