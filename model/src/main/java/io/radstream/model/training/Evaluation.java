package io.radstream.model.training;

/**
 * What a network makes of a batch, without learning from it. A loss that is not an objective is 0.
 *
 * @param contrastive mean over studies of the contrastive loss within the batch
 * @param language the language loss, as in {@link StepResult}
 * @param labels binary cross entropy, mean over the known labels
 * @param loss the weighted sum
 * @param tokens predicted tokens of the batch
 * @param studies unit vectors of the studies
 * @param reports unit vectors of their reports; none without contrastive loss
 * @param findings studies × findings: probability that the finding is present; none without label
 *     supervision
 */
public record Evaluation(
    double contrastive,
    double language,
    double labels,
    double loss,
    int tokens,
    float[][] studies,
    float[][] reports,
    float[][] findings) {}
