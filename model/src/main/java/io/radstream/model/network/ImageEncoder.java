package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.weights.Weights;

/**
 * What makes features of a radiograph: all that the rest of the network knows of it. Its weights
 * are of the part {@link NetworkPart#RADIOGRAPH}.
 */
public interface ImageEncoder {

  /**
   * What is made of each image.
   *
   * @param aggregated batch × width: of the whole image
   * @param patches batch × places × width: of each place in it, row by row
   */
  record Output(NDArray aggregated, NDArray patches) {

    /** Those of the images at these places. */
    public Output at(NDArray places) {
      return new Output(aggregated.get(places), patches.get(places));
    }
  }

  /** Makes an encoder, and asks for its weights. */
  @FunctionalInterface
  interface Maker {

    ImageEncoder of(Weights weights, ModelConfig config);
  }

  /** The one that the configuration names: the only place that chooses. */
  static ImageEncoder of(Weights weights, ModelConfig config) {
    return switch (config.radiograph().encoder()) {
      case TRANSFORMER -> RadiographTransformer.of(weights, config.radiograph());
      case CONVOLUTIONAL -> ResidualNetwork.of(weights, config.radiograph());
    };
  }

  /**
   * @param images batch × side × side, one channel, float32
   * @param training whether what is different only in training is, as of a batch normalisation; the
   *     places of gradients and running statistics then depend on all the images
   * @return in the images' manager
   */
  Output apply(NDArray images, boolean training);

  /** As what has learned sees them: each by itself. */
  default Output apply(NDArray images) {
    return apply(images, false);
  }

  /** Features of an image, and of each place. */
  int width();

  /** Places in an image that have features of their own: a square of them. */
  int places();

  /** Floating-point operations of the forward pass of one image. */
  long flops();
}
