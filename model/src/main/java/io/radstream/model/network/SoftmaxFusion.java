package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.radstream.model.layers.Linear;

/**
 * The paper's view fusion (section 4.2, figure 1c): a perceptron on the concatenated view features
 * gives one attention value for each view; softmax makes them weights; the weighted features are
 * concatenated. A view's feature is the mean over its patches.
 *
 * @param hidden 3 width to hidden
 * @param scores hidden to 3
 */
public record SoftmaxFusion(Linear hidden, Linear scores) implements ViewFusion {

  @Override
  public Study apply(ImageEncoder.Output views) {
    NDArray patches = views.patches();
    Shape shape = patches.getShape();
    long studies = shape.get(0) / VIEWS;
    long width = shape.get(2);
    NDArray features = patches.mean(new int[] {1}).reshape(studies, VIEWS, width);
    NDArray weights = weights(features.reshape(studies, VIEWS * width));
    NDArray weighted = patches.mul(weights.reshape(studies * VIEWS, 1, 1));
    return new Study(
        features.mul(weights.reshape(studies, VIEWS, 1)).reshape(studies, 1, VIEWS * width),
        ViewFusion.besideEachOther(weighted));
  }

  /** studies × 3: how much each view counts; a study's three sum to 1. */
  private NDArray weights(NDArray concatenated) {
    return scores.apply(Activation.relu(hidden.apply(concatenated))).softmax(1);
  }
}
