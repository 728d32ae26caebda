package io.radstream.trainer.bisect;

import io.radstream.trainer.replay.ReplayedNetwork;
import java.io.IOException;
import java.util.Map;

/** Measures a network as a replay has it after a step. */
public interface FigureMeter {

  /** Figures of validation, as the run itself measures them. */
  FigureMeter VALIDATION =
      new FigureMeter() {

        @Override
        public boolean isOfRuns() {
          return true;
        }

        @Override
        public Map<String, Double> measure(long step, ReplayedNetwork network) throws IOException {
          return network.figures();
        }
      };

  /** Whether runs measure and publish all of these figures themselves. */
  boolean isOfRuns();

  /**
   * Figures by name; the same network has the same figures.
   *
   * @throws IOException where the network cannot be looked at
   */
  Map<String, Double> measure(long step, ReplayedNetwork network) throws IOException;
}
