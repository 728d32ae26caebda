package io.radstream.trainer;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.trainer.tuples.LeftOut;
import java.util.Map;

/** Is told how a run goes, on the run's own thread. */
public interface TrainingListener {

  /**
   * There are not enough studies yet; repeated about every second.
   *
   * @param topic where they are expected
   */
  default void waiting(int studies, int needed, String topic) {}

  /**
   * There are tuples that cannot be learned from: told where more of them were read, and again
   * about every minute while the run waits.
   */
  default void leftOut(LeftOut tuples) {}

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
