package io.radstream.model.layers;

import ai.djl.ndarray.NDArray;

/**
 * Layer normalisation over the last axis (Ba et al., 2016).
 *
 * @param weight width
 * @param bias width
 */
public record LayerNorm(NDArray weight, NDArray bias, double epsilon) {

  public NDArray apply(NDArray x) {
    return ai.djl.nn.norm.LayerNorm.layerNorm(x, weight.getShape(), weight, bias, (float) epsilon)
        .singletonOrThrow();
  }
}
