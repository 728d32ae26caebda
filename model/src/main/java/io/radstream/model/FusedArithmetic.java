package io.radstream.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * As {@link Arithmetic.Plain}, but attention is one operation of the engine: it keeps no scores for
 * the way back.
 */
record FusedArithmetic(TorchScript script, Arithmetic plain) implements Arithmetic {

  /**
   * @param manager lives as long as the network
   */
  static FusedArithmetic of(NDManager manager) {
    return new FusedArithmetic(TorchScript.fused(manager), new Arithmetic.Plain());
  }

  @Override
  public NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    return plain.linear(x, weight, bias);
  }

  @Override
  public NDArray perceptron(NDArray x, Linear hidden, Activation activation, Linear output) {
    return plain.perceptron(x, hidden, activation, output);
  }

  @Override
  public NDArray attend(NDArray q, NDArray k, NDArray v, NDArray mask) {
    return mask == null
        ? script.run("attend", q, k, v)
        : script.run("attend_masked", q, k, v, mask);
  }
}
