package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.config.LearningRates;
import java.util.Map;
import java.util.Optional;

/** Moves weights by the gradients of a batch, where these and the losses are finite. */
sealed interface Descent permits HostDescent, CardDescent {

  /**
   * Begins to move them.
   *
   * @param scratch owns what is computed on the way
   */
  StepUnderWay begin(
      NDManager scratch, PendingLosses losses, Gradients gradients, LearningRates rates);

  /** What the losses of the next step are to be multiplied by. */
  double lossScale();

  /**
   * What of a program's name tells how weights are moved, since bits depend on it; empty where it
   * is by the engine's operations.
   */
  Optional<String> name();

  /** By name, to be saved. */
  Map<String, NDArray> state();
}
