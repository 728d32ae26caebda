package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Without view fusion (paper, table 3, row 3): each view by itself stands for the study and its
 * report. A view's vector is the mean over its patches.
 */
public record NoFusion() implements ViewFusion {

  @Override
  public Study apply(ImageEncoder.Output views) {
    NDArray patches = views.patches();
    Shape shape = patches.getShape();
    return new Study(
        patches.mean(new int[] {1}).reshape(shape.get(0) / VIEWS, VIEWS, shape.get(2)), patches);
  }
}
