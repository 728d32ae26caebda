package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;

/**
 * Where kernels work: what they are given, and arrays for what they give.
 *
 * @param operations whose manager keeps the arrays
 */
record Bench(StepKernels kernels, Operations operations) {

  /**
   * @param array whose numbers lie one behind the other
   */
  long at(NDArray array) {
    return kernels.card().address(array);
  }

  long stream() {
    return kernels.card().stream().getAsLong();
  }

  /** Not filled, bfloat16. */
  NDArray narrow(long... sides) {
    return operations.emptyNarrow(kernels.one(), sides);
  }

  /** Not filled, float32. */
  NDArray wide(long... sides) {
    return operations.emptyWide(kernels.one(), sides);
  }

  static int rows(NDArray x) {
    return Math.toIntExact(x.getShape().get(0));
  }

  static int width(NDArray x) {
    return Math.toIntExact(x.getShape().get(x.getShape().dimension() - 1));
  }
}
