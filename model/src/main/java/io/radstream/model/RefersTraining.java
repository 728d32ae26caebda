package io.radstream.model;

import java.io.IOException;
import java.nio.file.Path;

/** A REFERS network that learns, with its optimizer's state. Not thread-safe. */
public final class RefersTraining implements AutoCloseable {

  /** A new network; weights are a pure function of the configuration and the seed. */
  public static RefersTraining start(ModelConfig config, OptimizerConfig optimizer, long seed) {
    throw new UnsupportedOperationException();
  }

  /**
   * Goes on from saved files.
   *
   * @throws IOException where a file is damaged, or a tensor is missing or has another shape
   */
  public static RefersTraining resume(
      ModelConfig config, OptimizerConfig optimizer, Path weights, Path optimizerState)
      throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * One optimizer step.
   *
   * @param stepSeed seeds everything random inside the step (dropout)
   * @throws NonFiniteLossException where the loss is not a number; the weights are then unchanged
   */
  public StepResult step(StudyBatch batch, LearningRates rates, long stepSeed) {
    throw new UnsupportedOperationException();
  }

  /** Losses and vectors of a batch; nothing is learned. */
  public Evaluation evaluate(StudyBatch batch) {
    throw new UnsupportedOperationException();
  }

  /** Writes weights and optimizer state as safetensors. */
  public void save(Path weights, Path optimizerState) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
