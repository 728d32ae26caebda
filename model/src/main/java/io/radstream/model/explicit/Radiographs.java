package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.layers.Linear;
import io.radstream.model.network.ImageEncoder;
import io.radstream.model.network.RadiographBlock;
import io.radstream.model.network.RadiographTransformer;

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
    Passed x = embed(images, batch, tokens, width);
    Blocks blocks = new Blocks(layers);
    for (RadiographBlock block : network.blocks()) {
      x = x.then(blocks.radiograph(block, x.y(), rows));
    }
    x = x.then(layers.norm(network.norm(), x.y()));
    NDArray y = x.y().reshape(batch, tokens, width);
    NDArray aggregated = y.get(":, 0");
    Recurred recurred = recur(aggregated, y.get(":, 1:"));
    Passed before = x;
    return new Seen(
        new ImageEncoder.Output(aggregated, recurred.y()),
        (daggregated, dpatches) -> {
          Recurred.Both found = recurred.back().through(dpatches);
          NDArray first = operations().add(daggregated, found.aggregated()).expandDims(1);
          NDArray dy = operations().behind(first, found.patches());
          before.back().through(dy.reshape(batch * tokens, width));
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
    NDArray features = operations().wide(operations().product(pixels, kernel, patch.bias()));
    NDArray first = operations().spread(network.aggregation(), batch, 1, width);
    NDArray x =
        operations()
            .behind(first, features.reshape(batch, config.patches(), width))
            .reshape(batch * tokens, width);
    Passed placed = placed(x, batch, tokens, width);
    return new Passed(
        placed.y(),
        dy -> {
          NDArray dx = placed.back().through(dy).reshape(batch, tokens, width);
          layers.sums().add(network.aggregation(), operations().sumRows(dx.get(":, 0")));
          NDArray dfeatures = operations().shaped(dx.get(":, 1:"), batch * config.patches(), width);
          layers.learn(patch, dfeatures, pixels);
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
          NDArray dx = left.back().through(dy);
          merge.learn();
          return dx;
        });
  }

  /** Adds the same to each of a batch. */
  private NDArray spread(NDArray x, NDArray more, long batch) {
    long rows = x.getShape().get(0);
    long width = x.getShape().get(1);
    NDArray wide = operations().wide(x).reshape(batch, rows / batch, width);
    return operations().add(wide, operations().wide(more)).reshape(rows, width);
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
              dy -> new Recurred.Both(operations().sum(dy, 1), dy));
      case NONE ->
          new Recurred(patches, dy -> new Recurred.Both(operations().zeros(aggregated), dy));
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
    NDArray wide = operations().wide(left.y()).reshape(batch, places, width);
    return new Recurred(
        operations().add(wide, operations().wide(right.y()).expandDims(1)),
        dy -> {
          NDArray daggregated = right.back().through(operations().sum(dy, 1));
          NDArray dpatches = left.back().through(dy.reshape(batch * places, width));
          recurrent.learn();
          return new Recurred.Both(
              operations().wide(daggregated),
              operations().wide(dpatches).reshape(batch, places, width));
        });
  }
}
