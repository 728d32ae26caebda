package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
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
 * learned embedding stands for each hidden patch, places are added, and blocks of the transformer's
 * own size attend to all (He et al., 2022, "Masked Autoencoders", section 3). What the transformer
 * gives of the whole picture stands in front.
 *
 * @param embed width to width
 * @param unseen 1 × 1 × width: stands for a hidden patch
 * @param positions 1 × (1 + patches) × width
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
    return new PatchDecoder(
        scope.linear("embedding", width, width),
        scope.weight("hidden_embedding", Kind.ZERO_EMBEDDING, 1, 1, width),
        scope.weight("position_embeddings", Kind.POSITION, 1, 1L + config.patches(), width),
        IntStream.range(0, layers)
            .mapToObj(i -> RadiographBlock.of(scope.block("layer", i), config))
            .toList(),
        scope.norm("layernorm", width, RadiographBlock.EPSILON),
        scope.linear("pixels", width, config.patchSize() * config.patchSize()));
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
