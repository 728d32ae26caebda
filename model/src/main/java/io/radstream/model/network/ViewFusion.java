package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.weights.Weights;

/** Makes one study of the image encoder's output for three views. */
public sealed interface ViewFusion permits SoftmaxFusion, SigmoidFusion, NoFusion {

  /** Views of a study. */
  int VIEWS = 3;

  /**
   * A study as the two tasks see it. Without view fusion each view is a representation of its own;
   * else there is one.
   *
   * @param vectors studies × representations × vector width
   * @param memory (studies × representations) × places × memory width: what the report transformer
   *     attends to
   */
  record Study(NDArray vectors, NDArray memory) {

    /** 1, or 3 without view fusion. */
    public int representations() {
      return (int) vectors.getShape().get(1);
    }
  }

  /**
   * @param width of a patch
   */
  static ViewFusion of(Weights weights, ModelConfig.Fusion config, int width) {
    Weights.Scope scope = weights.scope(NetworkPart.FUSION, "view_fusion");
    return switch (config.kind()) {
      case SOFTMAX ->
          new SoftmaxFusion(
              scope.linear("hidden", VIEWS * width, config.hidden()),
              scope.linear("scores", config.hidden(), VIEWS));
      case SIGMOID -> new SigmoidFusion(scope.linear("scores", VIEWS * width, VIEWS));
      case NONE -> new NoFusion();
    };
  }

  /**
   * @param views the three views of a study side by side: (studies × 3) images
   */
  Study apply(ImageEncoder.Output views);

  /**
   * Vector width of a study.
   *
   * @param width of a patch
   */
  static int vectorWidth(ModelConfig.Fusion config, int width) {
    return switch (config.kind()) {
      case SOFTMAX, SIGMOID -> VIEWS * width;
      case NONE -> width;
    };
  }

  /**
   * Width of what the report transformer attends to.
   *
   * @param width of a patch
   */
  static int memoryWidth(ModelConfig.Fusion config, int width) {
    return switch (config.kind()) {
      case SOFTMAX -> VIEWS * width;
      case SIGMOID, NONE -> width;
    };
  }

  /** Of a study: 1, or 3 without view fusion. */
  static int representations(ModelConfig.Fusion config) {
    return switch (config.kind()) {
      case SOFTMAX, SIGMOID -> 1;
      case NONE -> VIEWS;
    };
  }

  /**
   * Places that the report transformer attends to, of each representation.
   *
   * @param patches of a view
   */
  static int memoryPlaces(ModelConfig.Fusion config, int patches) {
    return switch (config.kind()) {
      case SOFTMAX, NONE -> patches;
      case SIGMOID -> VIEWS * patches;
    };
  }

  /** (studies × 3) × patches × width to studies × patches × 3 width. */
  static NDArray besideEachOther(NDArray patches) {
    Shape shape = patches.getShape();
    long studies = shape.get(0) / VIEWS;
    return patches
        .reshape(studies, VIEWS, shape.get(1), shape.get(2))
        .transpose(0, 2, 1, 3)
        .reshape(studies, shape.get(1), VIEWS * shape.get(2));
  }
}
