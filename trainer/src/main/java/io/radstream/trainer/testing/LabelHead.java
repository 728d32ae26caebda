package io.radstream.trainer.testing;

import io.radstream.checkpoints.CalibratedFinding.Scored;
import io.radstream.checkpoints.Checkpoint;
import io.radstream.model.Refers;
import io.radstream.model.engine.ComputeDevice;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Findings that a network learned from labels, as its label head tells them. */
public record LabelHead() implements ScoringManner {

  @Override
  public List<Scored> ways(Checkpoint checkpoint) throws IOException {
    List<String> findings = checkpoint.model().findings();
    if (findings.isEmpty()) {
      throw new IllegalArgumentException(
          "checkpoint %s was trained without labels: it has no label head"
              .formatted(checkpoint.id()));
    }
    return findings.stream().map(finding -> new Scored(finding, Optional.empty())).toList();
  }

  @Override
  public FindingNetwork open(Checkpoint checkpoint, ComputeDevice device) throws IOException {
    Refers network = Refers.load(checkpoint.model(), checkpoint.file(Checkpoint.MODEL), device);
    return new FindingNetwork() {
      @Override
      public float[][] probabilities(float[] images, int studies) {
        return network.findings(images, studies);
      }

      @Override
      public void close() {
        network.close();
      }
    };
  }
}
