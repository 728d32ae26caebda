package io.radstream.model.pretrained;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.FusionKind;
import io.radstream.model.config.ModelConfig.Recurrence;
import io.radstream.model.layers.Linear;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.ViewFusion;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A radiograph transformer under timm's names: {@code VisionTransformer}, with {@code config.json}
 * as timm reads it of a folder ({@code timm.create_model("local-dir:…")}).
 *
 * @param channels of its pictures
 */
record TimmExport(RefersNetwork network, int channels, PicturePreparation preparation) {

  /** Whose function makes the model: the settings then say all that is another size. */
  private static final String ARCHITECTURE = "vit_base_patch16_224";

  /** Of timm's filters the nearest to the area filter. */
  private static final String FILTER = "bicubic";

  private static final String BLOCK = "encoder.layer.";
  private static final String QKV = "attention.attention.";
  private static final String HEAD = "head";

  /** By the names of transformers, of all but queries, keys and values. */
  private static final Map<String, String> OUTER =
      Map.of(
          "embeddings.cls_token", "cls_token",
          "embeddings.position_embeddings", "pos_embed",
          "embeddings.patch_embeddings.projection", "patch_embed.proj",
          "layernorm", "norm");

  private static final Map<String, String> INNER =
      Map.of(
          "attention.output.dense", "attn.proj",
          "intermediate.dense", "mlp.fc1",
          "output.dense", "mlp.fc2",
          "layernorm_before", "norm1",
          "layernorm_after", "norm2");

  /** What timm makes one feature of all tokens by. */
  private enum Pool {
    /** The aggregation output. */
    token,
    /** The mean over the patches. */
    avg
  }

  /** A classifier on the features of one view. */
  private record Classifier(NDArray weight, NDArray bias, Pool pool) {}

  PublicModel model() {
    Map<String, NDArray> vit = VitExport.of(network, channels).weights();
    Map<String, NDArray> weights = new LinkedHashMap<>();
    vit.forEach((name, weight) -> put(weights, name, weight, vit));
    Optional<Classifier> classifier = network.labels().flatMap(this::classifier);
    classifier.ifPresent(
        head -> {
          weights.put(HEAD + ".weight", head.weight());
          weights.put(HEAD + ".bias", head.bias());
        });
    return new PublicModel(config(classifier.map(Classifier::pool)), weights);
  }

  /**
   * The label head of a study of one view, where it is linear in what timm can pool. Under the
   * released fusion a study is the aggregation output three times over: the head's three parts act
   * as their sum. Without fusion and recurrence it is the mean over the patches.
   */
  private Optional<Classifier> classifier(Linear head) {
    FusionKind fusion = network.config().fusion().kind();
    if (fusion == FusionKind.SIGMOID) {
      NDArray parts = head.weight().toType(DataType.FLOAT64, true);
      long width = network.radiograph().width();
      NDArray sum =
          parts
              .reshape(-1, ViewFusion.VIEWS, width)
              .sum(new int[] {1})
              .toType(DataType.FLOAT32, true);
      return Optional.of(new Classifier(sum, head.bias(), Pool.token));
    }
    if (fusion == FusionKind.NONE && shape().recurrence() == Recurrence.NONE) {
      return Optional.of(new Classifier(head.weight(), head.bias(), Pool.avg));
    }
    return Optional.empty();
  }

  private ModelConfig.Radiograph shape() {
    return network.config().radiograph();
  }

  private static void put(
      Map<String, NDArray> weights, String name, NDArray weight, Map<String, NDArray> all) {
    String kind = name.endsWith(".weight") ? ".weight" : name.endsWith(".bias") ? ".bias" : "";
    String bare = name.substring(0, name.length() - kind.length());
    if (!bare.startsWith(BLOCK)) {
      weights.put(OUTER.get(bare) + kind, weight);
      return;
    }
    int end = bare.indexOf('.', BLOCK.length());
    String block = bare.substring(BLOCK.length(), end);
    String inner = bare.substring(end + 1);
    if (INNER.containsKey(inner)) {
      weights.put("blocks." + block + "." + INNER.get(inner) + kind, weight);
    } else {
      weights.computeIfAbsent(
          "blocks." + block + ".attn.qkv" + kind,
          qkv -> together(all, BLOCK + block + "." + QKV, kind));
    }
  }

  /** One layer for all three, one after the other. */
  private static NDArray together(Map<String, NDArray> all, String block, String kind) {
    return NDArrays.concat(
        new NDList(
            all.get(block + "query" + kind),
            all.get(block + "key" + kind),
            all.get(block + "value" + kind)));
  }

  private Map<String, Object> config(Optional<Pool> pool) {
    List<String> findings = pool.isPresent() ? network.config().findings() : List.of();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("architecture", ARCHITECTURE);
    values.put("num_classes", findings.size());
    values.put("num_features", shape().width());
    values.put("global_pool", pool.orElse(Pool.token).name());
    if (!findings.isEmpty()) {
      values.put("label_names", findings);
    }
    values.put("model_args", arguments(pool.orElse(Pool.token)));
    values.put("pretrained_cfg", pretrained(findings.size()));
    return values;
  }

  private Map<String, Object> arguments(Pool pool) {
    ModelConfig.Radiograph shape = shape();
    Map<String, Object> args = new LinkedHashMap<>();
    args.put("img_size", shape.imageSize());
    args.put("patch_size", shape.patchSize());
    args.put("in_chans", channels);
    args.put("embed_dim", shape.width());
    args.put("depth", shape.layers());
    args.put("num_heads", shape.heads());
    args.put("mlp_ratio", (double) shape.mlp() / shape.width());
    args.put("act_layer", shape.activation().name().toLowerCase(Locale.ROOT));
    args.put("global_pool", pool.name());
    // Or timm would put the last norm behind the mean.
    args.put("fc_norm", false);
    return args;
  }

  private Map<String, Object> pretrained(int classes) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("input_size", List.of(channels, preparation.side(), preparation.side()));
    values.put("fixed_input_size", true);
    values.put("interpolation", FILTER);
    values.put("crop_mode", "squash");
    // A hair less: timm rounds down what it divides the side by this to.
    values.put("crop_pct", Math.nextDown((double) preparation.side() / preparation.resized()));
    values.put("mean", Collections.nCopies(channels, preparation.mean()));
    values.put("std", Collections.nCopies(channels, preparation.deviation()));
    values.put("num_classes", classes);
    values.put("first_conv", "patch_embed.proj");
    values.put("classifier", HEAD);
    return values;
  }
}
