package io.radstream.model.layers;

import ai.djl.ndarray.NDArray;
import io.radstream.model.config.Activation;

/** Two linear layers, an activation between them. */
public record Perceptron(Linear hidden, Activation activation, Linear output) {

  /** … × inputs to … × outputs. */
  public NDArray apply(NDArray x) {
    return hidden.arithmetic().perceptron(x, hidden, activation, output);
  }
}
