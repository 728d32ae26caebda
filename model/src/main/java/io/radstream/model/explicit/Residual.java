package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import io.radstream.model.layers.Dropout;
import java.util.Optional;

/**
 * x + D(a), which the normalisation behind it adds up.
 *
 * @param x rows × width, wide
 */
record Residual(NDArray x, Optional<Added> added) {

  /** What a product gave. */
  record Added(NDArray rows, Dropout dropout) {}

  /** x alone. */
  static Residual of(NDArray x) {
    return new Residual(x, Optional.empty());
  }

  Residual(NDArray x, NDArray added, Dropout dropout) {
    this(x, Optional.of(new Added(added, dropout)));
  }

  /**
   * The gradient.
   *
   * @param x as x
   * @param added by a; empty where nothing was added
   */
  record Split(NDArray x, Optional<Summed> added) {}
}
