package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.weights.Parameter;
import io.radstream.model.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * An encoder that no gradient moves: its weights follow those of one that learns (He et al., 2020,
 * "Momentum Contrast", equation 2). It begins as that one. Of one thread.
 */
public final class MomentumEncoder {

  /** A weight of its own, and the one that it follows. */
  private record Pair(String name, NDArray own, NDArray followed) {}

  private final ProjectedEncoder encoder;
  private final List<Pair> pairs;

  private MomentumEncoder(ProjectedEncoder encoder, List<Pair> pairs) {
    this.encoder = encoder;
    this.pairs = pairs;
  }

  /**
   * @param name as of the {@link ProjectedEncoder} that is followed, which the network has
   * @param width as of that
   */
  public static MomentumEncoder of(RefersNetwork network, String name, int width) {
    Map<String, NDArray> followed =
        network.weights().parameters().stream()
            .filter(
                parameter ->
                    parameter.part() == NetworkPart.RADIOGRAPH
                        || parameter.name().startsWith(name + "."))
            .collect(Collectors.toMap(Parameter::name, Parameter::value));
    Weights own =
        network
            .weights()
            .beside(
                (weight, shape, kind) ->
                    TorchEngine.recording(false, () -> followed.get(weight).duplicate()));
    ImageEncoder encoder = ImageEncoder.of(own, network.config());
    ProjectedEncoder projected = ProjectedEncoder.of(own, encoder, name, width);
    return new MomentumEncoder(
        projected,
        own.parameters().stream()
            .map(weight -> new Pair(weight.name(), weight.value(), followed.get(weight.name())))
            .toList());
  }

  /**
   * As of {@link ProjectedEncoder#apply}; nothing is recorded. While training, what normalises by
   * the batch does, and notes nothing for its running statistics: they follow, too.
   */
  public NDArray apply(NDArray images, boolean training) {
    return TorchEngine.recording(false, () -> encoder.apply(images, training));
  }

  /** One of its weights: what is kept beside them has their memory and type. */
  public NDArray likeWeights() {
    return pairs.get(0).own();
  }

  /**
   * Goes a part of the way; call while nothing is recorded.
   *
   * @param momentum share of its own weights that stays
   */
  public void follow(double momentum) {
    for (Pair pair : pairs) {
      try (NDArray share = pair.followed().mul(1 - momentum)) {
        pair.own().muli(momentum).addi(share);
      }
    }
  }

  /**
   * Its weights, to be saved.
   *
   * @param prefix in front of the names
   */
  public Map<String, NDArray> state(String prefix) {
    Map<String, NDArray> state = new LinkedHashMap<>();
    pairs.forEach(pair -> state.put(prefix + pair.name(), pair.own()));
    return state;
  }

  /**
   * Takes saved weights.
   *
   * @param saved by the names of {@link #state}
   */
  public void recall(String prefix, BiFunction<String, Shape, NDArray> saved) {
    for (Pair pair : pairs) {
      try (NDArray value = saved.apply(prefix + pair.name(), pair.own().getShape())) {
        value.copyTo(pair.own());
      }
    }
  }
}
