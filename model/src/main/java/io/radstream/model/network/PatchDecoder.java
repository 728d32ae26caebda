package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.layers.Flops;
import io.radstream.model.layers.LayerNorm;
import io.radstream.model.layers.Linear;
import io.radstream.model.weights.Parameter.Kind;
import io.radstream.model.weights.Weights;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes the pixels of hidden patches of what the radiograph transformer made of the shown ones: one
 * learned embedding stands for each hidden patch, places are added as waves, and blocks of the
 * transformer's own size attend to all (He et al., 2022, "Masked Autoencoders", section 3). What
 * the transformer gives of the whole picture stands in front.
 *
 * @param embed width to width
 * @param unseen 1 × 1 × width: stands for a hidden patch
 * @param positions 1 × (1 + patches) × width: of each patch those of its row and of its column, so
 *     that near ones are alike from the first step on; zeros in front
 * @param pixels width to the pixels of a patch
 */
public record PatchDecoder(
    Linear embed,
    NDArray unseen,
    NDArray positions,
    List<RadiographBlock> blocks,
    LayerNorm norm,
    Linear pixels) {

  /**
   * @param name in front of its weights' names
   * @param layers blocks
   */
  public static PatchDecoder of(RefersNetwork network, String name, int layers) {
    Weights.Scope scope = network.weights().scope(NetworkPart.PRETEXT, name);
    ModelConfig.Radiograph config = network.config().radiograph();
    int width = config.width();
    NDArray unseen = scope.weight("hidden_embedding", Kind.ZERO_EMBEDDING, 1, 1, width);
    return new PatchDecoder(
        scope.linear("embedding", width, width),
        unseen,
        positions(unseen, config.imageSize() / config.patchSize()),
        IntStream.range(0, layers)
            .mapToObj(i -> RadiographBlock.of(scope.block("layer", i), config))
            .toList(),
        scope.norm("layernorm", width, RadiographBlock.EPSILON),
        scope.linear("pixels", width, config.patchSize() * config.patchSize()));
  }

  /** In two dimensions as those of words in one; half of the features for either. */
  private static NDArray positions(NDArray like, int grid) {
    NDManager manager = like.getManager();
    int width = (int) like.getShape().get(2);
    NDArray rows = TokenEmbedding.Sinusoidal.waves(manager, grid, width / 2);
    NDArray columns = TokenEmbedding.Sinusoidal.waves(manager, grid, width - width / 2);
    NDArray places = manager.arange(0, grid * grid, 1, DataType.INT64);
    NDArray row = manager.arange(0, grid, 1, DataType.INT64).repeat(grid);
    NDArray column = places.sub(row.mul(grid));
    return manager
        .zeros(new Shape(1, width), rows.getDataType())
        .concat(rows.get(row).concat(columns.get(column), 1), 0)
        .expandDims(0)
        .toType(like.getDataType(), false);
  }

  /**
   * @param seen of the patches that the mask shows
   * @return pictures × hidden patches × pixels
   */
  public NDArray apply(ImageEncoder.Output seen, PatchMask mask) {
    NDArray shown = embed.apply(seen.patches());
    NDArray first = embed.apply(seen.aggregated().expandDims(1));
    Shape shape = shown.getShape();
    NDArray hidden =
        shown
            .getManager()
            .zeros(
                new Shape(shape.get(0), mask.hidden()[0].length, shape.get(2)), shown.getDataType())
            .add(unseen);
    NDArray x = first.concat(mask.whole(shown, hidden), 1).add(positions);
    for (RadiographBlock block : blocks) {
      x = block.apply(x);
    }
    return pixels.apply(norm.apply(mask.hidden(x.get(":, 1:"))));
  }

  /**
   * Floating-point operations for one picture.
   *
   * @param shown patches
   */
  public static long flops(ModelConfig.Radiograph config, int layers, long shown) {
    long tokens = 1L + config.patches();
    long width = config.width();
    long block = Flops.selfAttention(tokens, width) + Flops.perceptron(tokens, width, config.mlp());
    return Flops.product(1 + shown, width, width)
        + layers * block
        + Flops.product(
            config.patches() - shown, width, (long) config.patchSize() * config.patchSize());
  }
}
