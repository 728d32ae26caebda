package io.radstream.model;

/**
 * What a network makes of a batch, without learning from it.
 *
 * @param contrastive mean over studies of the contrastive loss within the batch
 * @param language mean over studies of the language loss, summed over a report's tokens
 * @param loss both losses, the language loss weighted
 * @param tokens predicted tokens of the batch
 * @param studies unit vectors of the studies
 * @param reports unit vectors of their reports
 */
public record Evaluation(
    double contrastive,
    double language,
    double loss,
    int tokens,
    float[][] studies,
    float[][] reports) {}
