package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.radstream.model.layers.Linear;

/**
 * The view fusion of the authors' code: a linear layer and sigmoid for each view weigh its patch by
 * the patches of all views in that place. The report transformer attends to the weighted patches of
 * one view after the other; the vector is the aggregation outputs, concatenated, with no weights.
 *
 * @param scores 3 width to 3: the three linear layers in one
 */
public record SigmoidFusion(Linear scores) implements ViewFusion {

  @Override
  public Study apply(ImageEncoder.Output views) {
    NDArray patches = views.patches();
    Shape shape = patches.getShape();
    long studies = shape.get(0) / VIEWS;
    long places = shape.get(1);
    long width = shape.get(2);
    NDArray weights = Activation.sigmoid(scores.apply(ViewFusion.besideEachOther(patches)));
    NDArray weighted =
        patches
            .reshape(studies, VIEWS, places, width)
            .mul(weights.transpose(0, 2, 1).expandDims(3));
    return new Study(
        views.aggregated().reshape(studies, 1, VIEWS * width),
        weighted.reshape(studies, VIEWS * places, width));
  }
}
