package io.radstream.model;

import ai.djl.ndarray.NDArray;

/** Two linear layers, an activation between them. */
record Perceptron(Linear hidden, Activation activation, Linear output) {

  /** … × inputs to … × outputs. */
  NDArray apply(NDArray x) {
    return hidden.arithmetic().perceptron(x, hidden, activation, output);
  }
}
