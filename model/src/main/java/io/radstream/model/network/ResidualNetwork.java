package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.Residual;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.network.ResidualBlock.Channels;
import io.radstream.model.network.ResidualBlock.Normed;
import io.radstream.model.network.ResidualBlock.Window;
import io.radstream.model.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * A residual network (He et al., 2016) in place of the radiograph transformer (table 3, row 1): for
 * one channel, without the classifier. Its places are the grid of the last stage; an image's
 * feature is the mean over them.
 *
 * @param stem in front of the stages, with a pooling behind it
 * @param side of the square of places
 */
public record ResidualNetwork(
    ModelConfig.Radiograph config, Normed stem, List<ResidualBlock> blocks, int side)
    implements ImageEncoder {

  /** In front of torchvision's names. */
  public static final String PREFIX = "resnet";

  private static final int POOL_SIDE = 3;
  private static final int POOL_STRIDE = 2;

  static ResidualNetwork of(Weights weights, ModelConfig.Radiograph config) {
    Residual settings = config.residual();
    Weights.Scope scope = weights.scope(NetworkPart.RADIOGRAPH, PREFIX);
    Normed stem =
        Normed.of(scope.embeddings(), "conv1", "bn1", 1, settings.width(), new Window(7, 2));
    List<ResidualBlock> blocks = new ArrayList<>();
    int given = settings.width();
    for (int stage = 0; stage < settings.blocks().size(); stage++) {
      for (int block = 0; block < settings.blocks().get(stage); block++) {
        blocks.add(
            ResidualBlock.of(
                scope.block("layer" + (stage + 1), block, blocks.size()),
                new Channels(given, settings.inside(stage), settings.given(stage)),
                settings.bottleneck(),
                stage > 0 && block == 0 ? 2 : 1));
        given = settings.given(stage);
      }
    }
    int side = pooled(stem.convolution().side(config.imageSize()));
    for (ResidualBlock block : blocks) {
      side = block.side(side);
    }
    return new ResidualNetwork(config, stem, List.copyOf(blocks), side);
  }

  private static int pooled(int side) {
    return (side + 2 * (POOL_SIDE / 2) - POOL_SIDE) / POOL_STRIDE + 1;
  }

  @Override
  public Output apply(NDArray images, boolean training) {
    NDArray x = stem.apply(inWeightsType(images).expandDims(1), training);
    x =
        Pool.maxPool2d(
            Activation.relu(x),
            new Shape(POOL_SIDE, POOL_SIDE),
            new Shape(POOL_STRIDE, POOL_STRIDE),
            new Shape(POOL_SIDE / 2, POOL_SIDE / 2),
            false);
    for (ResidualBlock block : blocks) {
      x = block.apply(x, training);
    }
    NDArray places = x.reshape(images.getShape().get(0), width(), places()).transpose(0, 2, 1);
    return new Output(places.mean(new int[] {1}), places);
  }

  private NDArray inWeightsType(NDArray images) {
    return images.toType(stem.norm().weight().getDataType(), false);
  }

  @Override
  public int width() {
    return config.residual().features();
  }

  @Override
  public int places() {
    return side * side;
  }

  @Override
  public long flops() {
    long work = stem.convolution().flops(config.imageSize());
    int now = pooled(stem.convolution().side(config.imageSize()));
    for (ResidualBlock block : blocks) {
      work += block.flops(now);
      now = block.side(now);
    }
    return work;
  }
}
