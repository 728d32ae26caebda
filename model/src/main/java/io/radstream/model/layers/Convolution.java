package io.radstream.model.layers;

import ai.djl.ndarray.NDArray;

/**
 * A convolution without bias.
 *
 * @param kernel outputs × inputs × side × side
 * @param stride from one place to the next
 * @param padding zeros beyond each border
 */
public record Convolution(NDArray kernel, int stride, int padding, Arithmetic arithmetic) {

  /** batch × inputs × height × width to batch × outputs × height × width, each a stride's part. */
  public NDArray apply(NDArray x) {
    return arithmetic.convolve(x, kernel, stride, padding);
  }

  /** Side of what comes of a square of this side. */
  public int side(int side) {
    return (side + 2 * padding - (int) kernel.getShape().get(2)) / stride + 1;
  }

  /** Floating-point operations for a square of this side. */
  public long flops(int side) {
    long outputs = kernel.getShape().get(0);
    return Flops.product(
        (long) side(side) * side(side), kernel.getShape().size() / outputs, outputs);
  }
}
