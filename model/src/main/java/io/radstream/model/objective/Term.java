package io.radstream.model.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Optional;

/** How a loss comes from studies, which decides how a batch can be cut into parts. */
public sealed interface Term {

  /** What it keeps from step to step, beside weights; most keep nothing. */
  default Optional<Recollection> recollection() {
    return Optional.empty();
  }

  /** A sum over studies: the shares of the parts of a batch add up to the loss of all of it. */
  @FunctionalInterface
  non-sealed interface PerStudy extends Term {

    /**
     * The share of the studies at hand, a scalar.
     *
     * @param divisor what the sum over the whole batch is divided by: its {@link Objective#count}
     */
    NDArray share(Forward forward, double divisor);
  }

  /**
   * Compares the studies of a batch with each other, by vectors. Of a batch in parts all vectors
   * are computed first; the loss of all gives a gradient for each, which is then carried back part
   * by part.
   */
  non-sealed interface AcrossBatch extends Term {

    /** What is compared: each with a row for each study at hand. Always as many, in one order. */
    NDList vectors(Forward forward);

    /**
     * The loss, a scalar.
     *
     * @param vectors of the whole batch, as {@link #vectors} gives them
     */
    NDArray loss(NDList vectors);
  }
}
