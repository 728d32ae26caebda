package io.radstream.model.training;

import ai.djl.ndarray.NDManager;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.StudyBatch;

/** The engine records what is computed, and finds the way back. */
record EagerProgram(BatchPass pass) implements StepProgram {

  @Override
  public String name() {
    return "eager";
  }

  @Override
  public PendingLosses backward(
      NDManager scratch, StudyBatch batch, long seed, Gradients gradients, StepObserver observer) {
    return PendingLosses.of(
        TorchEngine.recording(
            true, () -> pass.backward(scratch, batch, seed, gradients::add, observer)));
  }
}
