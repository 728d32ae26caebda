package io.radstream.model.training;

import ai.djl.ndarray.NDManager;
import io.radstream.model.config.Compute;
import io.radstream.model.config.Precision;
import io.radstream.model.explicit.ExplicitNetwork;
import io.radstream.model.network.StudyBatch;
import java.util.Optional;

/** Finds the gradients of a batch. */
sealed interface StepProgram permits EagerProgram, ExplicitProgram {

  /**
   * @param manager lives as long as the network
   */
  static StepProgram of(
      NDManager manager, BatchPass pass, Compute compute, LearningWeights learning) {
    boolean wanted =
        switch (compute.program()) {
          case AUTO ->
              !manager.getDevice().isGpu()
                  && compute.precision() == Precision.FLOAT32
                  && learning.isAllOf(pass.network().weights());
          case EAGER -> false;
          case EXPLICIT -> true;
        };
    return wanted && missing(pass).isEmpty()
        ? ExplicitProgram.of(manager, pass, compute.precision(), learning)
        : new EagerProgram(pass);
  }

  /** What has no way back that is spelt out; empty where all has. */
  static Optional<String> missing(BatchPass pass) {
    return ExplicitNetwork.missing(pass.network(), pass.goals().objectives());
  }

  /** Its name; bits depend on it. */
  String name();

  /**
   * @param seed of everything random
   * @param gradients to which those of the batch are added
   */
  PendingLosses backward(
      NDManager scratch, StudyBatch batch, long seed, Gradients gradients, StepObserver observer);
}
