package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.radstream.model.layers.BatchNorm;
import io.radstream.model.layers.Convolution;
import io.radstream.model.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Convolutions around which a shortcut leads (He et al., 2016, figure 5): two of side 3, or a
 * bottleneck of sides 1, 3 and 1. The one that makes the grid smaller has side 3, as in
 * torchvision; the paper has the first one do it.
 *
 * @param shortcut where the block gives another shape than it is given; else it is what is given
 */
record ResidualBlock(List<Normed> layers, Optional<Normed> shortcut) {

  /** A convolution with the normalisation behind it. */
  record Normed(Convolution convolution, BatchNorm norm) {

    /**
     * @param convolution name of it
     * @param norm name of the normalisation
     */
    static Normed of(
        Weights.Scope scope, String convolution, String norm, int inputs, int outputs, Window at) {
      return new Normed(
          scope.convolution(convolution, inputs, outputs, at.side(), at.stride(), at.side() / 2),
          scope.batchNorm(norm, outputs));
    }

    NDArray apply(NDArray x, boolean training) {
      return norm.apply(convolution.apply(x), training);
    }
  }

  /** What a convolution looks through, and how far it moves. */
  record Window(int side, int stride) {}

  /**
   * Channels of a block.
   *
   * @param given to it
   * @param inside it
   * @param gives by it
   */
  record Channels(int given, int inside, int gives) {}

  static ResidualBlock of(Weights.Scope scope, Channels channels, boolean bottleneck, int stride) {
    return new ResidualBlock(
        bottleneck ? bottleneck(scope, channels, stride) : pair(scope, channels, stride),
        stride == 1 && channels.given() == channels.gives()
            ? Optional.empty()
            : Optional.of(
                Normed.of(
                    scope,
                    "downsample.0",
                    "downsample.1",
                    channels.given(),
                    channels.gives(),
                    new Window(1, stride))));
  }

  private static List<Normed> pair(Weights.Scope scope, Channels channels, int stride) {
    return List.of(
        Normed.of(
            scope, "conv1", "bn1", channels.given(), channels.inside(), new Window(3, stride)),
        Normed.of(scope, "conv2", "bn2", channels.inside(), channels.gives(), new Window(3, 1)));
  }

  private static List<Normed> bottleneck(Weights.Scope scope, Channels channels, int stride) {
    return List.of(
        Normed.of(scope, "conv1", "bn1", channels.given(), channels.inside(), new Window(1, 1)),
        Normed.of(
            scope, "conv2", "bn2", channels.inside(), channels.inside(), new Window(3, stride)),
        Normed.of(scope, "conv3", "bn3", channels.inside(), channels.gives(), new Window(1, 1)));
  }

  /** batch × channels × height × width. */
  NDArray apply(NDArray x, boolean training) {
    NDArray y = x;
    for (int layer = 0; layer < layers.size(); layer++) {
      y = layers.get(layer).apply(layer == 0 ? y : Activation.relu(y), training);
    }
    return Activation.relu(y.add(shortcut.map(way -> way.apply(x, training)).orElse(x)));
  }

  /** Side of what comes of a square of this side. */
  int side(int side) {
    int now = side;
    for (Normed layer : layers) {
      now = layer.convolution().side(now);
    }
    return now;
  }

  /** Floating-point operations for a square of this side. */
  long flops(int side) {
    List<Long> work = new ArrayList<>();
    shortcut.ifPresent(way -> work.add(way.convolution().flops(side)));
    int now = side;
    for (Normed layer : layers) {
      work.add(layer.convolution().flops(now));
      now = layer.convolution().side(now);
    }
    return work.stream().mapToLong(Long::longValue).sum();
  }
}
