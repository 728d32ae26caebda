package io.radstream.trainer.feed;

import io.radstream.model.network.StudyBatch;

/**
 * What a step learns from.
 *
 * @param digest SHA-256 of the numbers in {@code studies}
 * @param unmirrorable how many of these are shown as they are in every epoch
 */
public record TrainingBatch(StudyBatch studies, Draft draft, String digest, int unmirrorable) {}
