package io.radstream.trainer.testing;

import io.radstream.checkpoints.CalibratedFinding.Scored;
import io.radstream.checkpoints.Checkpoint;
import io.radstream.model.engine.ComputeDevice;
import java.io.IOException;
import java.util.List;

/** How findings of studies are told with a checkpoint. */
public interface ScoringManner {

  /**
   * The findings, and for each whether the label head tells it or sentences do.
   *
   * @return at least one
   * @throws IllegalArgumentException where the checkpoint cannot tell any in this manner
   * @throws IOException where its settings cannot be read
   */
  List<Scored> ways(Checkpoint checkpoint) throws IOException;

  /**
   * @param device that the network computes on
   * @throws IllegalArgumentException as above
   * @throws IOException where a file of the checkpoint is missing or damaged
   */
  FindingNetwork open(Checkpoint checkpoint, ComputeDevice device) throws IOException;
}
