package io.radstream.cli.findings;

import io.radstream.checkpoints.CalibratedFinding.Scored;
import io.radstream.checkpoints.Checkpoint;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.serving.score.PromptSet;
import io.radstream.serving.score.RawFindings;
import io.radstream.trainer.testing.FindingNetwork;
import io.radstream.trainer.testing.LabelHead;
import io.radstream.trainer.testing.ScoringManner;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Findings as the service scores them: where sentences are given, by them and by the label head; by
 * the label head alone where they are not; and by the built-in ones where there is no such head.
 *
 * @param given sentences of the user's
 */
public record ServedFindings(Optional<PromptSet> given) implements ScoringManner {

  @Override
  public List<Scored> ways(Checkpoint checkpoint) throws IOException {
    return byHeadAlone(checkpoint)
        ? new LabelHead().ways(checkpoint)
        : RawFindings.ways(checkpoint.model(), prompts());
  }

  @Override
  public FindingNetwork open(Checkpoint checkpoint, ComputeDevice device) throws IOException {
    if (byHeadAlone(checkpoint)) {
      return new LabelHead().open(checkpoint, device);
    }
    RawFindings findings = RawFindings.open(checkpoint.files(), prompts(), device);
    return new FindingNetwork() {
      @Override
      public float[][] probabilities(float[] images, int studies) {
        return findings.probabilities(images, studies);
      }

      @Override
      public void close() {
        findings.close();
      }
    };
  }

  private boolean byHeadAlone(Checkpoint checkpoint) throws IOException {
    return given.isEmpty() && !checkpoint.model().findings().isEmpty();
  }

  private PromptSet prompts() {
    return given.orElseGet(PromptSet::builtIn);
  }
}
