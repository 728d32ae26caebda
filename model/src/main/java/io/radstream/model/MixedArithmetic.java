package io.radstream.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Products of matrices in 16 bits; what goes in and comes out is float32, and so is softmax inside
 * the engine's attention. A script casts: DJL's own casts cut the gradient's way back.
 */
record MixedArithmetic(TorchScript script) implements Arithmetic {

  private static final String SOURCE = "mixed_arithmetic.py";

  /** Numbers that PyTorch gives its types (c10/core/ScalarType.h). */
  private enum Type {
    FLOAT16(5),
    FLOAT32(6),
    BFLOAT16(15);

    private final int number;

    Type(int number) {
      this.number = number;
    }

    @Override
    public String toString() {
      return Integer.toString(number);
    }
  }

  /**
   * @param manager lives as long as the network
   */
  static MixedArithmetic of(NDManager manager, Precision precision) {
    return new MixedArithmetic(TorchScript.load(manager, source(precision)));
  }

  /** The script for a precision. */
  static String source(Precision precision) {
    Type type =
        switch (precision) {
          case FLOAT32 -> Type.FLOAT32;
          case BFLOAT16 -> Type.BFLOAT16;
          case FLOAT16 -> Type.FLOAT16;
        };
    return TorchScript.source(SOURCE)
        .replace("{type}", type.toString())
        .replace("{float32}", Type.FLOAT32.toString());
  }

  @Override
  public NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    return script.run("linear", x, weight, bias);
  }

  @Override
  public NDArray perceptron(NDArray x, Linear hidden, Activation activation, Linear output) {
    String method =
        switch (activation) {
          case RELU -> "perceptron_relu";
          case GELU -> "perceptron_gelu";
        };
    return script.run(method, x, hidden.weight(), hidden.bias(), output.weight(), output.bias());
  }

  @Override
  public NDArray attend(NDArray q, NDArray k, NDArray v, NDArray mask) {
    return mask == null
        ? script.run("attend", q, k, v)
        : script.run("attend_masked", q, k, v, mask);
  }
}
