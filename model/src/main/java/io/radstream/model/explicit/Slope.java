package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;

/** The gradient, wide, by something that several losses or blocks start from. */
final class Slope {

  private final Operations operations;
  private final NDArray of;
  private NDArray sum;

  Slope(Operations operations, NDArray of) {
    this.operations = operations;
    this.of = of;
  }

  /** What is given may be gone behind this. */
  void add(NDArray gradient) {
    sum = sum == null ? operations.wide(gradient) : operations.add(sum, gradient);
  }

  /** Zeros where nothing was added. */
  NDArray sum() {
    return sum == null ? operations.zerosLike(of) : sum;
  }
}
