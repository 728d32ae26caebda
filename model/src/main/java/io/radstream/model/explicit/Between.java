package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import io.radstream.model.config.Activation;
import io.radstream.model.layers.Dropout;
import io.radstream.model.layers.LayerNorm;
import io.radstream.model.layers.Linear;

/** What lies between products, and its ways back. Gradients of weights are added up on the way. */
sealed interface Between permits Scripted, Carded {

  /** The same whose results belong to others' manager. */
  Between in(Operations operations);

  /** y = (z − mean)/σ·γ + β row by row, z = x + D(a). */
  Normed norm(LayerNorm layer, Residual x, Reader reader);

  /** What goes on from a normalisation. */
  enum Reader {
    /** A product alone; residual sums go on from what was normalised. */
    PRODUCT,

    /** A product and residual sums. */
    ALL
  }

  /**
   * Adds up the gradients of biases, sums over the rows.
   *
   * @param dy rows × width
   * @param biases that lie side by side along the width, each as long, at most three
   * @return dy as products take it
   */
  NDArray learned(NDArray dy, NDArray... biases);

  /** Features as they lie in memory from part to part of the network. */
  NDArray stored(NDArray x);

  /** Wide features for products, too. */
  Features features(NDArray stream);

  /** φ(x·Wᵀ + b). */
  Activated activate(Activation activation, Linear layer, NDArray x);

  /**
   * The gradient by x·Wᵀ + b; that by b is added up.
   *
   * @param dy gone behind this
   */
  NDArray activateBack(Activation activation, Linear layer, NDArray dy, Activated of);

  /** y = x·m/(1 − p), m being 0 with probability p, else 1. */
  Passed dropout(Dropout layer, NDArray x);

  /** The same of both alike. */
  Flow dropout(Dropout layer, Features x);

  /**
   * Tokens as features, wide.
   *
   * @param at places of the tokens
   */
  NDArray look(Tables tables, NDArray ids, NDArray at);

  /**
   * Adds up the gradient of a table, where it learns.
   *
   * @param factor of the table
   * @param dy by the features, wide
   */
  void learn(NDArray table, double factor, NDArray ids, NDArray dy);

  /**
   * How likely tokens are, by softmax of x·Wᵀ + b.
   *
   * @param next tokens, rows × 1; those that are negative do not count
   */
  Predicted predict(Linear layer, NDArray x, NDArray next);

  Views views();
}
