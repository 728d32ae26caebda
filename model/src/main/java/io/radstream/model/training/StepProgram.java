package io.radstream.model.training;

import ai.djl.ndarray.NDManager;
import io.radstream.model.config.Compute;
import io.radstream.model.config.Precision;
import io.radstream.model.explicit.ExplicitNetwork;
import io.radstream.model.explicit.ExplicitScript;
import io.radstream.model.network.StudyBatch;
import java.util.Optional;

/** Finds the gradients of a batch. */
sealed interface StepProgram extends AutoCloseable
    permits EagerProgram, ExplicitProgram, CapturedProgram {

  /**
   * @param manager lives as long as the network
   */
  static StepProgram of(
      NDManager manager,
      BatchPass pass,
      Compute compute,
      LearningWeights learning,
      Equipment equipment) {
    if (!missing(pass).isEmpty()) {
      return new EagerProgram(pass);
    }
    Precision precision = compute.precision();
    return switch (compute.program()) {
      case AUTO ->
          !manager.getDevice().isGpu()
                  && precision == Precision.FLOAT32
                  && learning.isAllOf(pass.network().weights())
              ? ExplicitProgram.of(manager, pass, precision, learning, equipment.card())
              : new EagerProgram(pass);
      case EAGER -> new EagerProgram(pass);
      case EXPLICIT -> ExplicitProgram.of(manager, pass, precision, learning, equipment.card());
      case CAPTURED ->
          CapturedProgram.of(
              manager,
              pass,
              ExplicitNetwork.of(pass.network(), equipment.card(), manager, precision),
              ExplicitScript.of(manager, precision),
              learning,
              equipment.recorder());
    };
  }

  /** What has no way back that is spelt out; empty where all has. */
  static Optional<String> missing(BatchPass pass) {
    return ExplicitNetwork.missing(pass.network(), pass.goals().objectives());
  }

  /** Gives back what it has of the device beside arrays. */
  @Override
  default void close() {}

  /** Its name; bits depend on it. */
  String name();

  /**
   * @param seed of everything random
   * @param gradients to which those of the batch are added
   */
  PendingLosses backward(
      NDManager scratch, StudyBatch batch, long seed, Gradients gradients, StepObserver observer);
}
