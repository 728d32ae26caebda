package io.radstream.model.pretrained;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.layers.Linear;
import io.radstream.model.network.RadiographBlock;
import io.radstream.model.network.RadiographTransformer;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.weights.Parameter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The radiograph transformer, without what is recurrent behind it, as a ViT. */
final class VitExport {

  private static final String PREFIX = "vit.";
  private static final String KERNEL = "embeddings.patch_embeddings.projection.weight";
  private static final String BIAS = "embeddings.patch_embeddings.projection.bias";
  private static final String AGGREGATION = "embeddings.cls_token";
  private static final String POSITIONS = "embeddings.position_embeddings";
  private static final String MERGE = "embeddings.position_concatenation";

  private VitExport() {}

  /**
   * @param channels of the pictures; a gray one has the same in each, so that the first is enough
   * @throws IllegalArgumentException where the network has another image encoder
   */
  static PublicModel of(RefersNetwork network, int channels) {
    if (!(network.radiograph() instanceof RadiographTransformer transformer)) {
      throw new IllegalArgumentException(
          "only a radiograph transformer can be exported as a ViT, no other image encoder");
    }
    Map<String, NDArray> weights = new LinkedHashMap<>();
    for (Parameter parameter : network.weights().parameters()) {
      String name = parameter.name();
      if (name.startsWith(PREFIX) && !name.startsWith(PREFIX + MERGE)) {
        weights.put(name.substring(PREFIX.length()), parameter.value());
      }
    }
    transformer.merge().ifPresent(merge -> fold(merge, weights));
    weights.computeIfPresent(KERNEL, (name, kernel) -> inFirst(channels, kernel));
    return new PublicModel(config(network.config().radiograph(), channels), weights);
  }

  /**
   * W·[x | p] + b = W₁·x + (W₂·p + b): a ViT that adds its positions and answers the same, but for
   * rounding. Computed in float64, so that it is rounded only once.
   */
  private static void fold(Linear merge, Map<String, NDArray> weights) {
    NDArray both = exact(merge.weight());
    long width = both.getShape().get(0);
    NDArray features = both.get(":, :" + width);
    NDArray places = both.get(":, " + width + ":");
    NDArray kernel = weights.get(KERNEL);
    weights.put(
        KERNEL,
        rounded(features.matMul(exact(kernel).reshape(width, -1)).reshape(kernel.getShape())));
    weights.computeIfPresent(BIAS, (name, bias) -> rounded(rows(bias, features).flatten()));
    weights.computeIfPresent(AGGREGATION, (name, token) -> rounded(rows(token, features)));
    weights.computeIfPresent(
        POSITIONS, (name, all) -> rounded(rows(all, places).add(exact(merge.bias()))));
  }

  /** Each row of x as the layer without bias maps it. */
  private static NDArray rows(NDArray x, NDArray layer) {
    long width = layer.getShape().get(0);
    NDArray mapped = exact(x).reshape(-1, width).matMul(layer.transpose());
    return mapped.reshape(x.getShape());
  }

  private static NDArray exact(NDArray x) {
    return x.toType(DataType.FLOAT64, true);
  }

  private static NDArray rounded(NDArray x) {
    return x.toType(DataType.FLOAT32, true);
  }

  private static NDArray inFirst(int channels, NDArray kernel) {
    NDArray all = kernel;
    for (int channel = 1; channel < channels; channel++) {
      all = all.concat(kernel.zerosLike(), 1);
    }
    return all;
  }

  private static Map<String, Object> config(ModelConfig.Radiograph config, int channels) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("model_type", "vit");
    values.put("architectures", new String[] {"ViTModel"});
    values.put("dtype", "float32");
    values.put("image_size", config.imageSize());
    values.put("patch_size", config.patchSize());
    values.put("num_channels", channels);
    values.put("hidden_size", config.width());
    values.put("num_hidden_layers", config.layers());
    values.put("num_attention_heads", config.heads());
    values.put("intermediate_size", config.mlp());
    values.put("hidden_act", config.activation().name().toLowerCase(Locale.ROOT));
    values.put("layer_norm_eps", RadiographBlock.EPSILON);
    values.put("qkv_bias", true);
    values.put("hidden_dropout_prob", 0.0);
    values.put("attention_probs_dropout_prob", 0.0);
    return values;
  }
}
