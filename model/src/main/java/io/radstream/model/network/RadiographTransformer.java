package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.PatchPositions;
import io.radstream.model.config.ModelConfig.Recurrence;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.layers.Flops;
import io.radstream.model.layers.LayerNorm;
import io.radstream.model.layers.Linear;
import io.radstream.model.weights.Parameter.Kind;
import io.radstream.model.weights.Weights;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The radiograph transformer (paper, section 4.1): a vision transformer that concatenates patch and
 * position features in front, and the aggregation output with every patch output behind.
 *
 * @param patch patch pixels to width
 * @param aggregation 1 × 1 × width, the aggregation embedding
 * @param positions 1 × (1 + patches) × width
 * @param merge patch and position features (2 width) to width; empty where they are added
 * @param recurrent aggregation and patch outputs (2 width) to width; empty where they are added, or
 *     left alone
 */
public record RadiographTransformer(
    ModelConfig.Radiograph config,
    Linear patch,
    NDArray aggregation,
    NDArray positions,
    Optional<Linear> merge,
    List<RadiographBlock> blocks,
    LayerNorm norm,
    Optional<Linear> recurrent)
    implements ImageEncoder {

  static RadiographTransformer of(Weights weights, ModelConfig.Radiograph config) {
    Weights.Scope vit = weights.scope(NetworkPart.RADIOGRAPH, "vit");
    Weights.Scope embeddings = vit.embeddings().child("embeddings");
    int width = config.width();
    int side = config.patchSize();
    NDArray kernel =
        embeddings.weight("patch_embeddings.projection.weight", Kind.MATRIX, width, 1, side, side);
    NDArray bias = embeddings.weight("patch_embeddings.projection.bias", Kind.BIAS, width);
    return new RadiographTransformer(
        config,
        embeddings.linear(kernel, bias),
        embeddings.weight("cls_token", Kind.ZERO_EMBEDDING, 1, 1, width),
        embeddings.weight("position_embeddings", Kind.POSITION, 1, 1L + config.patches(), width),
        config.positions() == PatchPositions.CONCATENATED
            ? Optional.of(embeddings.linear("position_concatenation", 2 * width, width))
            : Optional.empty(),
        IntStream.range(0, config.layers())
            .mapToObj(i -> RadiographBlock.of(vit.block("encoder.layer", i), config))
            .toList(),
        vit.norm("layernorm", width, RadiographBlock.EPSILON),
        config.recurrence() == Recurrence.CONCATENATED
            ? Optional.of(
                weights
                    .scope(NetworkPart.RADIOGRAPH, "recurrent_concatenation")
                    .linear("dense", 2 * width, width))
            : Optional.empty());
  }

  @Override
  public int width() {
    return config.width();
  }

  @Override
  public int places() {
    return config.patches();
  }

  @Override
  public long flops() {
    return flops(config.patches());
  }

  /** The same where it sees so many patches of the image. */
  public long flops(long patches) {
    long tokens = patches + 1;
    long width = config.width();
    long work = Flops.product(patches, (long) config.patchSize() * config.patchSize(), width);
    if (config.positions() == PatchPositions.CONCATENATED) {
      work += Flops.product(tokens, 2 * width, width);
    }
    long block = Flops.selfAttention(tokens, width) + Flops.perceptron(tokens, width, config.mlp());
    work += config.layers() * block;
    if (config.recurrence() == Recurrence.CONCATENATED) {
      work += Flops.product(patches, 2 * width, width);
    }
    return work;
  }

  @Override
  public Output apply(NDArray images, boolean training) {
    return seen(embed(images));
  }

  /**
   * Of some patches of each image: the others are left out in front of the first block, so that
   * they cost nothing and none of them is known (He et al., 2022, "Masked Autoencoders").
   *
   * @param images batch × side × side
   * @return of the patches that the mask shows, in the mask's order
   */
  public Output apply(NDArray images, PatchMask mask) {
    return seen(embed(images, mask));
  }

  /**
   * batch × side × side to batch × patches × patch pixels, row by row: what there is to see of each
   * patch.
   */
  public NDArray pixels(NDArray images) {
    return patches(images, images.getShape().get(0));
  }

  private Output seen(NDArray tokens) {
    NDArray x = tokens;
    for (RadiographBlock block : blocks) {
      x = block.apply(x);
    }
    x = norm.apply(x);
    return new Output(x.get(":, 0"), recur(x.get(":, 0:1"), x.get(":, 1:")));
  }

  private NDArray recur(NDArray aggregated, NDArray patches) {
    return switch (config.recurrence()) {
      case CONCATENATED ->
          recurrent
              .orElseThrow()
              .apply(concat(patches, spread(aggregated, patches.getShape(), patches)));
      case ADDED -> patches.add(aggregated);
      case NONE -> patches;
    };
  }

  private NDArray embed(NDArray images) {
    NDArray tokens = tokens(pixels(images));
    return merge
        .map(layer -> layer.apply(concat(tokens, spread(positions, tokens.getShape(), images))))
        .orElseGet(() -> tokens.add(positions));
  }

  private NDArray embed(NDArray images, PatchMask mask) {
    NDArray tokens = tokens(mask.shown(pixels(images)));
    Shape all = new Shape(images.getShape().get(0), 1L + config.patches(), config.width());
    NDArray spread = spread(positions, all, images);
    NDArray places = spread.get(":, 0:1").concat(mask.shown(spread.get(":, 1:")), 1);
    return merge
        .map(layer -> layer.apply(concat(tokens, places)))
        .orElseGet(() -> tokens.add(places));
  }

  /** Pixels of patches to features, without places, behind the aggregation embedding. */
  private NDArray tokens(NDArray patches) {
    NDArray kernel = patch.weight().reshape(config.width(), -1);
    kernel.attach(patches.getManager());
    NDArray pixels = patches.toType(aggregation.getDataType(), false);
    NDArray features = new Linear(kernel, patch.bias(), patch.arithmetic()).apply(pixels);
    Shape first = new Shape(patches.getShape().get(0), 1, config.width());
    return spread(aggregation, first, patches).concat(features, 1);
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

  /** Broadcasts into the manager of {@code owner}: a weight's own manager outlives the step. */
  private static NDArray spread(NDArray feature, Shape shape, NDArray owner) {
    return owner.getManager().zeros(shape, feature.getDataType()).add(feature);
  }
}
