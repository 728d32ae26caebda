package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.Activation;
import io.radstream.model.layers.Linear;
import io.radstream.model.network.ImageEncoder;
import io.radstream.model.network.SigmoidFusion;
import io.radstream.model.network.SoftmaxFusion;
import io.radstream.model.network.ViewFusion;

/** The view fusions and their ways back. */
record Fusions(Layers layers) {

  /** A study as the two tasks see it, and the way back to its three views. */
  record Fused(ViewFusion.Study study, Back back) {

    interface Back {

      /** Gradients of the views' outputs, from those by vectors and by what is attended to. */
      ImageEncoder.Output through(NDArray vectors, NDArray memory);
    }
  }

  /**
   * @param views of the studies, three by three
   */
  Fused apply(ViewFusion fusion, ImageEncoder.Output views) {
    if (fusion instanceof SoftmaxFusion softmax) {
      return softmax(softmax, views);
    }
    if (fusion instanceof SigmoidFusion sigmoid) {
      return sigmoid(sigmoid, views);
    }
    return none(views);
  }

  private Operations operations() {
    return layers.operations();
  }

  /** Vectors are means of patches, memory the patches. */
  private Fused none(ImageEncoder.Output given) {
    ImageEncoder.Output views = wide(given);
    Shape shape = views.patches().getShape();
    NDArray vectors =
        operations()
            .meanPlaces(views.patches())
            .reshape(shape.get(0) / ViewFusion.VIEWS, ViewFusion.VIEWS, shape.get(2));
    return new Fused(
        new ViewFusion.Study(vectors, views.patches()),
        (dvectors, dmemory) ->
            new ImageEncoder.Output(
                operations().zerosLike(views.aggregated()),
                operations().add(dmemory, spread(operations(), dvectors, shape))));
  }

  private ImageEncoder.Output wide(ImageEncoder.Output views) {
    return new ImageEncoder.Output(
        operations().wide(views.aggregated()), operations().wide(views.patches()));
  }

  /** The way back through a mean over places. */
  static NDArray spread(Operations operations, NDArray dmeans, Shape patches) {
    NDArray means = dmeans.reshape(patches.get(0), 1, patches.get(2));
    return operations.scaled(means, 1.0 / patches.get(1));
  }

  /** f = mean of patches; a = softmax(S(relu(H(f)))); vectors a·f, memory a·patches. */
  private Fused softmax(SoftmaxFusion fusion, ImageEncoder.Output views) {
    Views fused = layers.between().views();
    NDArray patches = fused.given(views.patches());
    long all = patches.getShape().get(0);
    long studies = all / ViewFusion.VIEWS;
    long width = patches.getShape().get(2);
    NDArray features = fused.means(patches);
    Passed weighing = weigh(fusion, features.reshape(studies, ViewFusion.VIEWS * width));
    NDArray weights = weighing.y().reshape(all, 1);
    ViewFusion.Study study =
        new ViewFusion.Study(
            operations().times(features, weights).reshape(studies, 1, ViewFusion.VIEWS * width),
            fused.weigh(patches, weights));
    return new Fused(
        study,
        (dvectors, found) -> {
          NDArray dmemory = fused.given(found);
          NDArray dvector = dvectors.reshape(all, width);
          NDArray dweights =
              operations()
                  .add(
                      fused.weightsBack(dmemory, patches),
                      operations().sumPlaces(operations().times(dvector, features)));
          NDArray dperceptron =
              weighing.back().through(dweights.reshape(studies, ViewFusion.VIEWS));
          NDArray dfeatures =
              operations()
                  .add(
                      operations().times(dvector, weights),
                      operations().wide(dperceptron).reshape(all, width));
          return new ImageEncoder.Output(
              operations().zerosLike(views.aggregated()),
              fused.patchesBack(dmemory, weights, dfeatures));
        });
  }

  private Passed weigh(SoftmaxFusion fusion, NDArray features) {
    Passed hidden = layers.linear(fusion.hidden(), features);
    NDArray active = operations().activate(Activation.RELU, hidden.y());
    Passed scores = layers.linear(fusion.scores(), active);
    NDArray weights = operations().call("softmax").with(operations().wide(scores.y())).one();
    return new Passed(
        weights,
        dweights -> {
          NDArray dscores = operations().call("softmax_back").with(dweights, weights).one();
          NDArray dactive = scores.back().through(dscores);
          return hidden
              .back()
              .through(operations().activateBack(Activation.RELU, dactive, hidden.y(), active));
        });
  }

  /** g = sigmoid(S(patches beside each other)); vectors are the aggregations, memory g·patches. */
  private Fused sigmoid(SigmoidFusion fusion, ImageEncoder.Output given) {
    ImageEncoder.Output views = wide(given);
    NDArray patches = views.patches();
    Shape shape = patches.getShape();
    long studies = shape.get(0) / ViewFusion.VIEWS;
    long places = shape.get(1);
    long width = shape.get(2);
    Linear scores = fusion.scores();
    Passed scored =
        layers.linear(
            scores,
            besideEachOther(operations(), patches)
                .reshape(studies * places, ViewFusion.VIEWS * width));
    NDArray gates = operations().call("sigmoid").with(operations().wide(scored.y())).one();
    NDArray byView =
        gates.reshape(studies, places, ViewFusion.VIEWS).transpose(0, 2, 1).expandDims(3);
    NDArray ofViews = patches.reshape(studies, ViewFusion.VIEWS, places, width);
    ViewFusion.Study study =
        new ViewFusion.Study(
            views.aggregated().reshape(studies, 1, ViewFusion.VIEWS * width),
            operations().times(ofViews, byView).reshape(studies, ViewFusion.VIEWS * places, width));
    return new Fused(
        study,
        (dvectors, dmemory) -> {
          NDArray dweighted = dmemory.reshape(studies, ViewFusion.VIEWS, places, width);
          NDArray dgates =
              operations()
                  .turned(operations().sumFeatures(operations().times(dweighted, ofViews)), 0, 2, 1)
                  .reshape(studies * places, ViewFusion.VIEWS);
          NDArray dscores = operations().call("sigmoid_back").with(dgates, gates).one();
          NDArray dbeside =
              operations()
                  .wide(scored.back().through(dscores))
                  .reshape(studies, places, ViewFusion.VIEWS * width);
          NDArray dpatches = operations().times(dweighted, byView).reshape(shape);
          return new ImageEncoder.Output(
              dvectors.reshape(shape.get(0), width),
              operations().add(dpatches, apart(operations(), dbeside, shape)));
        });
  }

  /** studies × places × 3 width to (studies × 3) × places × width. */
  static NDArray apart(Operations operations, NDArray beside, Shape patches) {
    long studies = patches.get(0) / ViewFusion.VIEWS;
    NDArray views = beside.reshape(studies, patches.get(1), ViewFusion.VIEWS, patches.get(2));
    return operations.turned(views, 0, 2, 1, 3).reshape(patches);
  }

  /** The way there. */
  static NDArray besideEachOther(Operations operations, NDArray patches) {
    Shape shape = patches.getShape();
    long studies = shape.get(0) / ViewFusion.VIEWS;
    NDArray views = patches.reshape(studies, ViewFusion.VIEWS, shape.get(1), shape.get(2));
    return operations
        .turned(views, 0, 2, 1, 3)
        .reshape(studies, shape.get(1), ViewFusion.VIEWS * shape.get(2));
  }
}
