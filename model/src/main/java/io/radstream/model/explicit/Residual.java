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

  /**
   * What a product gave.
   *
   * @param bias of the product, whose gradient is found where D is gone back through
   */
  record Added(NDArray rows, NDArray bias, Dropout dropout) {}

  /** x alone. */
  static Residual of(NDArray x) {
    return new Residual(x, Optional.empty());
  }

  Residual(NDArray x, Produced added, Dropout dropout) {
    this(x, Optional.of(new Added(added.y(), added.bias(), dropout)));
  }

  /**
   * The gradient.
   *
   * @param x as x
   * @param added by a; empty where nothing was added
   */
  record Split(NDArray x, Optional<NDArray> added) {}
}
