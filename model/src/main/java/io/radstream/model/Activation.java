package io.radstream.model;

import ai.djl.ndarray.NDArray;

/** Between the two layers of a perceptron. */
public enum Activation {
  /** The paper's radiograph transformer (section 4.1) and Vaswani et al.'s decoder. */
  RELU,
  /**
   * Hendrycks and Gimpel, 2016, with the error function itself: BERT, ViT and the authors' code.
   */
  GELU;

  NDArray apply(NDArray x) {
    return switch (this) {
      case RELU -> ai.djl.nn.Activation.relu(x);
      case GELU -> ai.djl.nn.Activation.gelu(x);
    };
  }
}
