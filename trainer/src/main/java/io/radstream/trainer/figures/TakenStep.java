package io.radstream.trainer.figures;

import io.radstream.model.config.LearningRates;
import io.radstream.model.training.StepResult;
import io.radstream.schemas.StepRecord;
import io.radstream.trainer.feed.TrainingBatch;

/**
 * A step that was taken.
 *
 * @param record for the ledger, all but the digest of the weights
 */
public record TakenStep(
    TrainingBatch batch, StepResult result, LearningRates rates, StepRecord.Builder record) {}
