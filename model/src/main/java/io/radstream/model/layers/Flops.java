package io.radstream.model.layers;

/**
 * Floating-point operations of a layer's forward pass: products of matrices, two for a
 * multiplication with its addition. All else is small beside them.
 */
public final class Flops {

  private Flops() {}

  /** rows × inputs by inputs × outputs. */
  public static long product(long rows, long inputs, long outputs) {
    return 2 * rows * inputs * outputs;
  }

  /** Scores and their product with the values, of all heads. */
  public static long attention(long tokens, long memory, long width) {
    return 2 * product(tokens, width, memory);
  }

  public static long perceptron(long tokens, long width, long hidden) {
    return 2 * product(tokens, width, hidden);
  }

  /** Self-attention with its four linear layers. */
  public static long selfAttention(long tokens, long width) {
    return 4 * product(tokens, width, width) + attention(tokens, tokens, width);
  }
}
