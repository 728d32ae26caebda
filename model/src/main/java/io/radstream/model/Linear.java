package io.radstream.model;

import ai.djl.ndarray.NDArray;

/**
 * A linear layer.
 *
 * @param weight outputs × inputs
 * @param bias outputs
 */
record Linear(NDArray weight, NDArray bias, Arithmetic arithmetic) {

  /** … × inputs to … × outputs. */
  NDArray apply(NDArray x) {
    return arithmetic.linear(x, weight, bias);
  }
}
