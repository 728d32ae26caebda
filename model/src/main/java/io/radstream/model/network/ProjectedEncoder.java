package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.layers.Flops;
import io.radstream.model.layers.Linear;
import io.radstream.model.weights.Weights;

/**
 * An image encoder with a linear layer behind the mean over its places, for what compares pictures
 * one by one.
 *
 * @param projection features of an image to those that are compared
 */
public record ProjectedEncoder(ImageEncoder encoder, Linear projection) {

  private static final String PROJECTION = "projection";

  /**
   * The network's own encoder, with a layer of an objective's own.
   *
   * @param name in front of the layer's name
   * @param width of what is compared
   */
  public static ProjectedEncoder of(RefersNetwork network, String name, int width) {
    return of(network.weights(), network.radiograph(), name, width);
  }

  static ProjectedEncoder of(Weights weights, ImageEncoder encoder, String name, int width) {
    return new ProjectedEncoder(
        encoder,
        weights.scope(NetworkPart.PRETEXT, name).linear(PROJECTION, encoder.width(), width));
  }

  /**
   * @param images images × side × side
   * @return images × width of what is compared; not normalised
   */
  public NDArray apply(NDArray images, boolean training) {
    return projection.apply(encoder.apply(images, training).patches().mean(new int[] {1}));
  }

  /**
   * Floating-point operations for one image.
   *
   * @param width of what is compared
   */
  public static long flops(ImageEncoder encoder, int width) {
    return encoder.flops() + Flops.product(1, encoder.width(), width);
  }
}
