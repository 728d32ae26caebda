package io.radstream.model.training;

import ai.djl.ndarray.NDManager;
import io.radstream.model.config.Compute;
import io.radstream.model.config.Program;
import io.radstream.model.explicit.ExplicitNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.BatchLosses;

/** Finds the gradients of a batch. */
sealed interface StepProgram permits EagerProgram, ExplicitProgram {

  /**
   * @param manager lives as long as the network
   */
  static StepProgram of(
      NDManager manager, BatchPass pass, Compute compute, LearningWeights learning) {
    boolean explicit =
        compute.program() == Program.EXPLICIT
            && ExplicitNetwork.missing(pass.network(), pass.goals().objectives()).isEmpty();
    return explicit
        ? ExplicitProgram.of(manager, pass, compute.precision(), learning)
        : new EagerProgram(pass);
  }

  /** What it is, whatever was wanted. */
  Program kind();

  /**
   * @param seed of everything random
   * @param gradients to which those of the batch are added
   */
  BatchLosses backward(
      NDManager scratch, StudyBatch batch, long seed, Gradients gradients, StepObserver observer);
}
