package io.radstream.trainer.testing;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.evaluation.Bootstrap;
import io.radstream.evaluation.findings.OperatingRule;

/**
 * What is to be judged, and by what.
 *
 * @param manner how its findings are told
 * @param rule gives thresholds, from the studies for validation
 * @param bootstrap draws patients for the intervals
 * @param again whether the test may be read though the line has been judged on it
 */
public record EvaluationRequest(
    Checkpoint checkpoint,
    ScoringManner manner,
    OperatingRule rule,
    Bootstrap bootstrap,
    boolean again) {

  /** The same of another checkpoint. */
  public EvaluationRequest of(Checkpoint other) {
    return new EvaluationRequest(other, manner, rule, bootstrap, again);
  }
}
