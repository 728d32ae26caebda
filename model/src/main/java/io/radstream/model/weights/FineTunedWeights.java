package io.radstream.model.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.weights.Parameter.Kind;

/**
 * Those of another network, but for heads, and what objectives have of their own, that it does not
 * have or that do not fit: these are drawn from the seed.
 */
public record FineTunedWeights(SavedWeights saved, SeededWeights seeded) implements Weights.Source {

  @Override
  public NDArray value(String name, Shape shape, Kind kind) {
    return saved.value(name, shape, kind);
  }

  @Override
  public NDArray value(NetworkPart part, String name, Shape shape, Kind kind) {
    boolean replaceable = part == NetworkPart.HEADS || part == NetworkPart.PRETEXT;
    return replaceable && !saved.has(name, shape)
        ? seeded.value(name, shape, kind)
        : value(name, shape, kind);
  }
}
