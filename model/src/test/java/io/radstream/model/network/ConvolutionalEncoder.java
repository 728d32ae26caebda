package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.layers.Flops;
import io.radstream.model.layers.Linear;
import io.radstream.model.weights.Parameter.Kind;
import io.radstream.model.weights.Weights;

/**
 * A small convolutional network: two convolutions, and a linear layer in each place that is left.
 * An image's feature is the mean over its places.
 *
 * @param side of the square of places
 * @param stem channels × 1 × 4 × 4
 * @param second channels × channels × 2 × 2
 */
public record ConvolutionalEncoder(
    int side, NDArray stem, NDArray stemBias, NDArray second, NDArray secondBias, Linear head)
    implements ImageEncoder {

  public static final String NAME = "convolutional";

  private static final int STEM = 4;
  private static final int SECOND = 2;
  private static final int CHANNELS = 10;
  private static final int WIDTH = 14;
  private static final Shape NO_PADDING = new Shape(0, 0);

  public static ConvolutionalEncoder of(Weights weights, ModelConfig config) {
    Weights.Scope scope = weights.scope(NetworkPart.RADIOGRAPH, NAME);
    return new ConvolutionalEncoder(
        config.radiograph().imageSize() / (STEM * SECOND),
        scope.weight("stem.weight", Kind.MATRIX, CHANNELS, 1, STEM, STEM),
        scope.weight("stem.bias", Kind.BIAS, CHANNELS),
        scope.weight("second.weight", Kind.MATRIX, CHANNELS, CHANNELS, SECOND, SECOND),
        scope.weight("second.bias", Kind.BIAS, CHANNELS),
        scope.linear("head", CHANNELS, WIDTH));
  }

  @Override
  public Output apply(NDArray images, boolean training) {
    NDArray x = convolve(images.expandDims(1), stem, stemBias, STEM);
    x = convolve(Activation.relu(x), second, secondBias, SECOND);
    NDArray places = x.reshape(images.getShape().get(0), CHANNELS, places()).transpose(0, 2, 1);
    NDArray patches = head.apply(Activation.relu(places));
    return new Output(patches.mean(new int[] {1}), patches);
  }

  private static NDArray convolve(NDArray x, NDArray kernel, NDArray bias, int stride) {
    return Conv2d.conv2d(x, kernel, bias, new Shape(stride, stride), NO_PADDING).singletonOrThrow();
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public int places() {
    return side * side;
  }

  @Override
  public long flops() {
    long first = (long) SECOND * SECOND * places();
    return Flops.product(first, STEM * STEM, CHANNELS)
        + Flops.product(places(), CHANNELS * SECOND * SECOND, CHANNELS)
        + Flops.product(places(), CHANNELS, WIDTH);
  }
}
