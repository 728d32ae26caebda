package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;

/** The gradient by something that several losses start from. */
final class Slope {

  private final Operations operations;
  private final NDArray of;
  private NDArray sum;

  Slope(Operations operations, NDArray of) {
    this.operations = operations;
    this.of = of;
  }

  void add(NDArray gradient) {
    sum = sum == null ? gradient : operations.add(sum, gradient);
  }

  /** Zeros where nothing was added. */
  NDArray sum() {
    return sum == null ? of.zerosLike() : sum;
  }
}
