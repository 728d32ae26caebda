package io.radstream.model;

import ai.djl.ndarray.NDArray;

/**
 * A linear layer.
 *
 * @param weight outputs × inputs
 * @param bias outputs
 */
record Linear(NDArray weight, NDArray bias) {

  /** … × inputs to … × outputs. */
  NDArray apply(NDArray x) {
    return ai.djl.nn.core.Linear.linear(x, weight, bias).singletonOrThrow();
  }
}
