package io.radstream.trainer.bisect;

import io.radstream.trainer.replay.ReplayedNetwork;
import java.io.IOException;
import java.util.Map;

/** Measures a network as a replay has it after a step. */
@FunctionalInterface
public interface StepMeter {

  /** Figures of validation, as the run itself measures them. */
  StepMeter VALIDATION = (step, network) -> network.figures();

  /**
   * Figures by name; the same network has the same figures.
   *
   * @throws IOException where the network cannot be looked at
   */
  Map<String, Double> measure(long step, ReplayedNetwork network) throws IOException;
}
