package io.radstream.model.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.radstream.model.weights.TensorFile;
import java.util.Map;
import java.util.OptionalInt;

/** The {@code config.json} of timm, which names an architecture, as transformers' would say it. */
final class TimmConfig {

  private static final String ARCHITECTURE = "architecture";
  private static final double EPSILON = 1e-6;

  /** Attention heads by size: of all sizes of a ViT, the tensors tell the rest. */
  private static final Map<String, Integer> HEADS =
      Map.of("tiny", 3, "small", 6, "base", 12, "large", 16, "huge", 16, "giant", 16);

  private TimmConfig() {}

  /** The configuration as it is, where it is not timm's. */
  static JsonNode asTransformers(JsonNode config, Map<String, TensorFile> files) {
    if (!(config instanceof ObjectNode timm)
        || !timm.path(ARCHITECTURE).isTextual()
        || timm.has("model_type")) {
      return config;
    }
    String architecture = timm.path(ARCHITECTURE).asText();
    ObjectNode said = timm.deepCopy();
    said.put("model_type", architecture.startsWith("vit_") ? "vit" : architecture);
    said.put("hidden_act", "gelu").put("layer_norm_eps", EPSILON);
    side(files, "cls_token", 2).ifPresent(width -> said.put("hidden_size", width));
    side(files, "blocks.0.mlp.fc1.weight", 0)
        .ifPresent(width -> said.put("intermediate_size", width));
    JsonNode given = timm.path("model_args").path("num_heads");
    if (given.isIntegralNumber()) {
      said.put("num_attention_heads", given.intValue());
    } else if (HEADS.containsKey(size(architecture))) {
      said.put("num_attention_heads", HEADS.get(size(architecture)));
    }
    return said;
  }

  private static String size(String architecture) {
    String[] words = architecture.split("_", -1);
    return words.length > 1 ? words[1] : "";
  }

  private static OptionalInt side(Map<String, TensorFile> files, String tensor, int axis) {
    return files.keySet().stream()
        .filter(name -> name.equals(tensor) || name.endsWith("." + tensor))
        .map(name -> files.get(name).entries().get(name).shape())
        .filter(shape -> shape.dimension() > axis)
        .mapToInt(shape -> (int) shape.get(axis))
        .findFirst();
  }
}
