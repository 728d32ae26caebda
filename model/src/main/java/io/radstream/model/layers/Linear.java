package io.radstream.model.layers;

import ai.djl.ndarray.NDArray;

/**
 * A linear layer.
 *
 * @param weight outputs × inputs
 * @param bias outputs
 */
public record Linear(NDArray weight, NDArray bias, Arithmetic arithmetic) {

  /** … × inputs to … × outputs. */
  public NDArray apply(NDArray x) {
    return arithmetic.linear(x, weight, bias);
  }
}
