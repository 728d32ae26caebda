package io.radstream.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;

/**
 * View fusion (paper, section 4.2, figure 1c): a perceptron on the concatenated view features gives
 * one attention value for each view; softmax makes them weights; the weighted features are
 * concatenated.
 */
record ViewFusion(Linear hidden, Linear scores) {

  static final int VIEWS = 3;

  /**
   * A study as one vector, and as one for each place of the patch grid.
   *
   * @param vector studies × 3 width
   * @param grid studies × patches × 3 width
   */
  record Study(NDArray vector, NDArray grid) {}

  static ViewFusion of(Weights weights, int width, int hidden) {
    Weights.Scope scope = weights.scope("view_fusion");
    return new ViewFusion(
        scope.linear("hidden", VIEWS * width, hidden), scope.linear("scores", hidden, VIEWS));
  }

  /**
   * @param patches (studies × 3) × patches × width, the three views of a study side by side
   */
  Study apply(NDArray patches) {
    Shape shape = patches.getShape();
    long studies = shape.get(0) / VIEWS;
    long count = shape.get(1);
    long width = shape.get(2);
    NDArray features = patches.mean(new int[] {1}).reshape(studies, VIEWS, width);
    NDArray weights = attention(features.reshape(studies, VIEWS * width));
    NDArray vector =
        features.mul(weights.reshape(studies, VIEWS, 1)).reshape(studies, VIEWS * width);
    NDArray grid =
        patches
            .reshape(studies, VIEWS, count, width)
            .mul(weights.reshape(studies, VIEWS, 1, 1))
            .transpose(0, 2, 1, 3)
            .reshape(studies, count, VIEWS * width);
    return new Study(vector, grid);
  }

  /** studies × 3: how much each view counts; a study's three sum to 1. */
  private NDArray attention(NDArray concatenated) {
    return scores.apply(Activation.relu(hidden.apply(concatenated))).softmax(1);
  }
}
