package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.layers.Linear;
import io.radstream.model.network.ImageEncoder;
import io.radstream.model.network.RadiographBlock;
import io.radstream.model.network.RadiographTransformer;
import java.util.Optional;

/** The radiograph transformer and its way back. */
record Radiographs(RadiographTransformer network, Layers layers) {

  /** What is made of images, and the way back. */
  record Seen(ImageEncoder.Output output, Back back) {

    interface Back {

      /** From gradients by the aggregation outputs and by the patch outputs. */
      void through(NDArray aggregated, NDArray patches);
    }
  }

  /**
   * @param images batch × side × side
   * @param rows of each
   */
  Seen apply(NDArray images, Sequences rows) {
    long batch = images.getShape().get(0);
    long width = network.config().width();
    long tokens = 1L + network.config().patches();
    Passed embedded = embed(images, batch, tokens, width);
    Blocks blocks = new Blocks(layers);
    Blocks.Climbed x = new Blocks.Climbed(Residual.of(embedded.y()), dy -> dy);
    int number = 0;
    for (RadiographBlock block : network.blocks()) {
      x = x.then(told(blocks.radiograph(block, x.y(), rows), ++number));
    }
    Normed normed = layers.between().norm(network.norm(), x.y(), Between.Reader.ALL);
    NDArray stream = normed.y().stream().reshape(batch, tokens, width);
    NDArray narrow = normed.y().narrow().reshape(batch, tokens, width);
    NDArray aggregated = operations().firstPlace(stream);
    Recurred recurred = recur(aggregated, operations().otherPlaces(narrow));
    Blocks.Climbed before = x;
    return new Seen(
        new ImageEncoder.Output(aggregated, recurred.y()),
        (daggregated, dpatches) -> {
          Recurred.Both found = recurred.back().through(dpatches);
          NDArray first = operations().add(daggregated, found.aggregated()).expandDims(1);
          Between between = layers.between();
          NDArray dy =
              operations().joinedPlaces(between.stored(first), between.stored(found.patches()));
          Feedback back = Feedback.ofProduct(dy.reshape(batch * tokens, width));
          Residual.Split dx = normed.back().through(back, Optional.empty());
          embedded.back().through(before.back().through(dx).x());
        });
  }

  private Blocks.Climbed told(Blocks.Climbed block, int number) {
    return new Blocks.Climbed(
        block.y(),
        dy -> {
          Residual.Split dx = block.back().through(dy);
          layers.sums().behind(NetworkPart.RADIOGRAPH, number);
          return dx;
        });
  }

  private Operations operations() {
    return layers.operations();
  }

  /** Aggregation embedding and patches, each with its place; the way back ends here. */
  private Passed embed(NDArray images, long batch, long tokens, long width) {
    ModelConfig.Radiograph config = network.config();
    long size = (long) config.patchSize() * config.patchSize();
    NDArray pixels = operations().wide(pixels(images)).reshape(batch * config.patches(), size);
    Linear patch = network.patch();
    NDArray kernel = operations().shaped(patch.weight(), width, size);
    NDArray features =
        typed(operations().product(pixels, kernel, patch.bias()))
            .reshape(batch, config.patches(), width);
    NDArray first = operations().spread(typed(network.aggregation()), batch);
    NDArray x = operations().joinedPlaces(first, features).reshape(batch * tokens, width);
    Passed placed = placed(x, batch, tokens, width);
    return new Passed(
        placed.y(),
        dy -> {
          NDArray dx = placed.back().through(dy).reshape(batch, tokens, width);
          NDArray dfirst = operations().firstPlace(dx);
          layers.sums().add(network.aggregation(), operations().sumRows(dfirst));
          NDArray dfeatures = operations().shaped(operations().otherPlaces(dx), -1, width);
          NDArray dproduct = layers.between().learned(dfeatures, patch.bias());
          layers.learn(patch.weight(), dproduct, pixels);
          return dx;
        });
  }

  /** As {@link RadiographTransformer#pixels}. */
  private NDArray pixels(NDArray images) {
    long size = network.config().patchSize();
    long along = network.config().imageSize() / size;
    NDArray blocks = images.reshape(images.getShape().get(0), along, size, along, size);
    return operations().turned(blocks, 0, 1, 3, 2, 4);
  }

  /** As what gives them their places takes them: a product or a sum. */
  private NDArray typed(NDArray features) {
    return network.merge().isPresent()
        ? operations().narrow(features)
        : operations().wide(features);
  }

  /** x + p, or [x, p]·Wᵀ + b = x·W₁ᵀ + (p·W₂ᵀ + b), the latter once for all images. */
  private Passed placed(NDArray x, long batch, long tokens, long width) {
    NDArray places = operations().shaped(network.positions(), tokens, width);
    if (network.merge().isEmpty()) {
      return new Passed(
          spread(x, places, batch),
          dy -> {
            layers
                .sums()
                .add(network.positions(), operations().sumRows(dy.reshape(batch, tokens, width)));
            return dy;
          });
    }
    Halves merge = Halves.of(layers, network.merge().orElseThrow());
    Passed left = merge.left(x);
    Passed right = merge.right(places);
    return new Passed(
        spread(left.y(), right.y(), batch),
        dy -> {
          NDArray dplaces =
              right.back().through(operations().sumRows(dy.reshape(batch, tokens, width)));
          layers.sums().add(network.positions(), operations().wide(dplaces));
          NDArray dx = left.back().through(operations().narrow(dy));
          merge.learn();
          return dx;
        });
  }

  /** Adds the same to each of a batch, wide. */
  private NDArray spread(NDArray x, NDArray more, long batch) {
    long rows = x.getShape().get(0);
    long width = x.getShape().get(1);
    NDArray each = x.reshape(batch, rows / batch, width);
    return operations().add(each, operations().wide(more)).reshape(rows, width);
  }

  private record Recurred(NDArray y, Way back) {

    interface Way {

      Both through(NDArray dy);
    }

    record Both(NDArray aggregated, NDArray patches) {}
  }

  /**
   * @param aggregated batch × width
   * @param patches batch × places × width
   */
  private Recurred recur(NDArray aggregated, NDArray patches) {
    return switch (network.config().recurrence()) {
      case CONCATENATED -> concatenated(aggregated, patches);
      case ADDED ->
          new Recurred(
              operations().add(patches, aggregated.expandDims(1)),
              dy -> new Recurred.Both(operations().sumPlaces(dy), dy));
      case NONE ->
          new Recurred(patches, dy -> new Recurred.Both(operations().zerosLike(aggregated), dy));
    };
  }

  /** [patch, aggregated]·Wᵀ + b = patch·W₁ᵀ + (aggregated·W₂ᵀ + b), the latter once an image. */
  private Recurred concatenated(NDArray aggregated, NDArray patches) {
    long batch = patches.getShape().get(0);
    long places = patches.getShape().get(1);
    long width = patches.getShape().get(2);
    Halves recurrent = Halves.of(layers, network.recurrent().orElseThrow());
    Passed left = recurrent.left(operations().shaped(patches, batch * places, width));
    Passed right = recurrent.right(aggregated);
    NDArray each = left.y().reshape(batch, places, width);
    NDArray more = layers.between().stored(right.y()).expandDims(1);
    return new Recurred(
        operations().add(each, more),
        dy -> {
          NDArray daggregated = right.back().through(operations().sumPlaces(dy));
          NDArray dpatches = left.back().through(dy.reshape(batch * places, width));
          recurrent.learn();
          return new Recurred.Both(
              operations().wide(daggregated),
              layers.between().stored(dpatches).reshape(batch, places, width));
        });
  }
}
