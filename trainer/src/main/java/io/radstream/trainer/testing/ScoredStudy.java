package io.radstream.trainer.testing;

/**
 * What is known of a study and what a checkpoint says of it, in the order of the findings of its
 * {@link ScoredSplit}.
 *
 * @param labels probability that each finding is present, NaN where it is not known
 * @param probabilities that the network gives
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record ScoredStudy(
    String studyId, String patientId, float[] labels, float[] probabilities) {}
