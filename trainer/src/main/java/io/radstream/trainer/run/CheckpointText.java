package io.radstream.trainer.run;

import io.radstream.checkpoints.CheckpointState;
import io.radstream.checkpoints.ModelCard;

/** What a checkpoint says beside its weights and the run's settings. */
record CheckpointText(CheckpointState state, ModelCard card) {}
