package io.radstream.model;

import ai.djl.ndarray.NDArray;

/**
 * Layer normalisation over the last axis (Ba et al., 2016).
 *
 * @param weight width
 * @param bias width
 */
record LayerNorm(NDArray weight, NDArray bias, double epsilon) {

  NDArray apply(NDArray x) {
    return ai.djl.nn.norm.LayerNorm.layerNorm(x, weight.getShape(), weight, bias, (float) epsilon)
        .singletonOrThrow();
  }
}
