package io.radstream.trainer.feed;

import io.radstream.model.StudyBatch;

/**
 * What a step learns from.
 *
 * @param digest SHA-256 of the numbers in {@code studies}
 */
public record TrainingBatch(StudyBatch studies, Draft draft, String digest) {}
