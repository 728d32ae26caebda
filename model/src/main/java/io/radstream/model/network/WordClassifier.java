package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.layers.Linear;

/**
 * Tells which word of anatomy an image shows, by the mean of what an image encoder gives for its
 * places.
 *
 * @param logits width to words
 */
public record WordClassifier(Linear logits) {

  /**
   * @param name in front of its weights' names
   */
  public static WordClassifier of(RefersNetwork network, String name, int words) {
    return new WordClassifier(
        network
            .weights()
            .scope(NetworkPart.PRETEXT, name)
            .linear("words", network.radiograph().width(), words));
  }

  /**
   * @return images × words
   */
  public NDArray apply(ImageEncoder.Output seen) {
    return logits.apply(seen.patches().mean(new int[] {1}));
  }
}
