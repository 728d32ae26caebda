package io.radstream.model.config;

/** Between the two layers of a perceptron. */
public enum Activation {
  /** The paper's radiograph transformer (section 4.1) and Vaswani et al.'s decoder. */
  RELU,
  /**
   * Hendrycks and Gimpel, 2016, with the error function itself: BERT, ViT and the authors' code.
   */
  GELU
}
