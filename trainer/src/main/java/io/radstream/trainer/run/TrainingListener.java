package io.radstream.trainer.run;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.trainer.data.SearchListener;
import java.util.Map;

/** Is told how a run goes, on the run's own thread. */
public interface TrainingListener extends SearchListener {

  /** The data is known and the network is there. */
  default void started(RunStart start) {}

  /** A step was taken. */
  default void stepped(StepReport report) {}

  /** The network was validated after this step. */
  default void validated(long step, Map<String, Double> figures) {}

  /** A checkpoint is complete and, unless the broker is away, announced. */
  default void checkpointed(Checkpoint checkpoint) {}

  /** Hears nothing. */
  static TrainingListener none() {
    return new TrainingListener() {};
  }
}
