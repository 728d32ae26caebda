package io.radstream.model.training;

/**
 * Figures of one optimizer step, from before the update. A loss that is not an objective is 0.
 *
 * @param contrastive mean over studies of the contrastive loss (paper, equation 2)
 * @param language the language loss (equation 1), summed over a report's tokens, mean over studies;
 *     or the mean over tokens, where the configuration says so
 * @param labels binary cross entropy, mean over the known labels
 * @param loss what was minimised: the weighted sum
 * @param tokens predicted tokens of the batch
 * @param gradientNorm global L2 norm before clipping
 * @param lossScale what the loss was multiplied by against underflow; 1 but in float16
 * @param skipped whether the gradient overflowed in float16, so that no weight moved
 */
public record StepResult(
    double contrastive,
    double language,
    double labels,
    double loss,
    int tokens,
    double gradientNorm,
    double lossScale,
    boolean skipped) {}
