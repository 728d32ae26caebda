package io.radstream.model.layers;

import ai.djl.ndarray.NDArray;

/** Zeroes features with a probability while training; the engine's seed decides which. */
public record Dropout(double rate, boolean training) {

  public static final Dropout NONE = new Dropout(0, false);

  public NDArray apply(NDArray x) {
    if (!training || rate == 0) {
      return x;
    }
    return ai.djl.nn.norm.Dropout.dropout(x, (float) rate, true).singletonOrThrow();
  }
}
