package io.radstream.model.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What a loss keeps from step to step and no gradient moves, such as the encoder that follows the
 * one that learns. It is part of the optimizer's state: only training needs it. Of one thread.
 */
public interface Recollection {

  /** Gives saved values. */
  @FunctionalInterface
  interface Saved {
    /**
     * @throws java.io.UncheckedIOException where there is none of that name and shape
     */
    NDArray value(String name, Shape shape);
  }

  /** By name, to be saved; the names begin with that of the objective and a point. */
  Map<String, NDArray> state();

  /** Goes on from what was saved, and lets go of what it began with. */
  void recall(Saved saved);

  /**
   * Once for each optimizer step that moved weights, behind it, while nothing is recorded.
   *
   * @param scratch owns what is computed on the way
   * @param gather makes of rows of the own share of a batch those of all shares
   */
  void stepped(NDManager scratch, UnaryOperator<NDArray> gather);

  /** Ends a step, whether weights moved or not: what was noted for it is let go of. */
  void forget();
}
