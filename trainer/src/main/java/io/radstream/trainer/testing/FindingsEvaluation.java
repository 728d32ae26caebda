package io.radstream.trainer.testing;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointState;
import io.radstream.evaluation.Bootstrap;
import io.radstream.evaluation.findings.SplitFigures;
import io.radstream.schemas.Topic;
import java.time.Instant;

/**
 * A checkpoint judged on a split.
 *
 * @param id of the evaluation
 * @param weights SHA-256 of the checkpoint's weights
 * @param reading how often the checkpoint's line has been judged on any of these tuples, this time
 *     included
 */
public record FindingsEvaluation(
    String id,
    Instant time,
    CheckpointState checkpoint,
    String weights,
    Topic split,
    int reading,
    ScoredSplit scored,
    SplitFigures figures,
    OperatingPoints points,
    Bootstrap bootstrap) {

  static String weights(Checkpoint checkpoint) {
    return checkpoint.state().files().get(Checkpoint.MODEL);
  }
}
