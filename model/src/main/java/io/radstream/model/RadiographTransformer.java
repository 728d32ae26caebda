package io.radstream.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.Parameter.Kind;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The radiograph transformer (paper, section 4.1): a vision transformer that concatenates patch and
 * position features in front, and the aggregation output with every patch output behind.
 *
 * @param patch patch pixels to width
 * @param aggregation 1 × 1 × width, the aggregation embedding
 * @param positions 1 × (1 + patches) × width
 * @param merge patch and position features (2 width) to width
 * @param recurrent aggregation and patch outputs (2 width) to width
 */
record RadiographTransformer(
    ModelConfig.Radiograph config,
    Linear patch,
    NDArray aggregation,
    NDArray positions,
    Linear merge,
    List<RadiographBlock> blocks,
    LayerNorm norm,
    Linear recurrent) {

  static RadiographTransformer of(Weights weights, ModelConfig.Radiograph config) {
    Weights.Scope vit = weights.scope("vit");
    Weights.Scope embeddings = vit.child("embeddings");
    int width = config.width();
    int side = config.patchSize();
    NDArray kernel =
        embeddings.weight("patch_embeddings.projection.weight", Kind.MATRIX, width, 1, side, side);
    NDArray bias = embeddings.weight("patch_embeddings.projection.bias", Kind.BIAS, width);
    return new RadiographTransformer(
        config,
        new Linear(kernel, bias),
        embeddings.weight("cls_token", Kind.ZERO_EMBEDDING, 1, 1, width),
        embeddings.weight("position_embeddings", Kind.POSITION, 1, 1L + config.patches(), width),
        embeddings.linear("position_concatenation", 2 * width, width),
        IntStream.range(0, config.layers())
            .mapToObj(i -> block(vit.child("encoder.layer").child(i), config))
            .toList(),
        vit.norm("layernorm", width, 1e-12),
        weights.scope("recurrent_concatenation").linear("dense", 2 * width, width));
  }

  private static RadiographBlock block(Weights.Scope scope, ModelConfig.Radiograph config) {
    return RadiographBlock.of(scope, config.width(), config.heads(), config.mlp());
  }

  /**
   * @param images batch × side × side, one channel
   * @return batch × patches × width
   */
  NDArray apply(NDArray images) {
    long batch = images.getShape().get(0);
    NDArray x = embed(images, batch);
    for (RadiographBlock block : blocks) {
      x = block.apply(x);
    }
    x = norm.apply(x);
    NDArray aggregated = x.get(":, 0:1");
    NDArray patches = x.get(":, 1:");
    return recurrent.apply(concat(patches, spread(aggregated, patches.getShape())));
  }

  private NDArray embed(NDArray images, long batch) {
    NDArray pixels = patches(images, batch);
    NDArray features = pixels.matMul(patch.weight().reshape(config.width(), -1).transpose());
    features = features.add(patch.bias());
    Shape shape = new Shape(batch, 1L + config.patches(), config.width());
    NDArray tokens =
        spread(aggregation, new Shape(batch, 1, config.width()), images).concat(features, 1);
    return merge.apply(concat(tokens, spread(positions, shape, images)));
  }

  /** batch × side × side to batch × patches × patch pixels, row by row. */
  private NDArray patches(NDArray images, long batch) {
    int side = config.patchSize();
    int grid = config.imageSize() / side;
    return images
        .reshape(batch, grid, side, grid, side)
        .transpose(0, 1, 3, 2, 4)
        .reshape(batch, (long) grid * grid, (long) side * side);
  }

  private static NDArray concat(NDArray left, NDArray right) {
    return left.concat(right, 2);
  }

  private static NDArray spread(NDArray feature, Shape shape) {
    return spread(feature, shape, feature);
  }

  /** Broadcasts into the manager of {@code owner}: a weight's own manager outlives the step. */
  private static NDArray spread(NDArray feature, Shape shape, NDArray owner) {
    return owner.getManager().zeros(shape).add(feature);
  }
}
