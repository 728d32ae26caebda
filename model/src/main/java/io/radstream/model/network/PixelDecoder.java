package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.layers.Flops;
import io.radstream.model.layers.Linear;
import io.radstream.model.weights.Weights;

/**
 * Makes a picture of what an image encoder gives for each place in it: a perceptron with one hidden
 * layer (ReLU) of the encoder's width, the same at every place, whose outputs are the place's
 * pixels. Small on purpose: what it takes to restore a picture is to be learned by the encoder,
 * which is what is kept.
 *
 * @param hidden width to width
 * @param pixels width to the pixels of a place
 * @param grid places along a side
 * @param side of the picture, in pixels
 */
public record PixelDecoder(Linear hidden, Linear pixels, int grid, int side) {

  /**
   * @param name in front of its weights' names
   * @throws IllegalArgumentException where the encoder's places do not cut pictures into squares
   */
  public static PixelDecoder of(RefersNetwork network, String name) {
    int side = network.config().radiograph().imageSize();
    int places = network.radiograph().places();
    int grid = (int) Math.round(Math.sqrt(places));
    if (grid * grid != places || side % grid != 0) {
      throw new IllegalArgumentException(
          "%d places do not cut a picture of %d pixels a side into squares"
              .formatted(places, side));
    }
    int width = network.radiograph().width();
    int pixels = side / grid * (side / grid);
    Weights.Scope scope = network.weights().scope(NetworkPart.PRETEXT, name);
    return new PixelDecoder(
        scope.linear("hidden", width, width), scope.linear("pixels", width, pixels), grid, side);
  }

  /**
   * @return images × side × side
   */
  public NDArray apply(ImageEncoder.Output seen) {
    int patch = side / grid;
    return pixels
        .apply(Activation.relu(hidden.apply(seen.patches())))
        .reshape(-1, grid, grid, patch, patch)
        .transpose(0, 1, 3, 2, 4)
        .reshape(-1, side, side);
  }

  /** Floating-point operations for the three views of a study, those of the encoder included. */
  public static long flops(RefersNetwork network) {
    ImageEncoder encoder = network.radiograph();
    int side = network.config().radiograph().imageSize();
    long width = encoder.width();
    long pixels = (long) side * side / encoder.places();
    long decoder =
        Flops.product(encoder.places(), width, width)
            + Flops.product(encoder.places(), width, pixels);
    return ViewFusion.VIEWS * (encoder.flops() + decoder);
  }
}
