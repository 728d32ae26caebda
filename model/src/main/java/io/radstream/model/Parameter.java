package io.radstream.model;

import ai.djl.ndarray.NDArray;

/**
 * A weight of the network.
 *
 * @param name as in the safetensors file
 * @param value on the device; updated in place
 * @param kind decides how it is initialised and whether weight decay applies
 */
record Parameter(String name, NDArray value, Kind kind) {

  enum Kind {
    /** Of a linear layer: uniform, scaled to its widths (Glorot and Bengio, 2010). */
    MATRIX(true),
    /** Normal with deviation 0.02, as BERT and ViT have it. */
    EMBEDDING(true),
    /** The aggregation embedding: zeros (paper, section 4.2). */
    AGGREGATION(true),
    /** Zeros. */
    BIAS(false),
    /** Scale of a layer normalisation: ones. */
    SCALE(false);

    private final boolean decays;

    Kind(boolean decays) {
      this.decays = decays;
    }

    /** Whether weight decay applies: not to norms and biases (paper, section 4.2). */
    boolean decays() {
      return decays;
    }
  }
}
