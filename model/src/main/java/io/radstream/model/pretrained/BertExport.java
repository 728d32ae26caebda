package io.radstream.model.pretrained;

import ai.djl.ndarray.NDArray;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.TextEncoder;
import io.radstream.model.weights.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;

/** The report encoder, without the projection behind it, as a BERT with pooler. */
final class BertExport {

  private static final String PREFIX = "bert.";

  private BertExport() {}

  /**
   * @param padding id of [PAD]
   */
  static PublicModel of(RefersNetwork network, int padding) {
    Map<String, NDArray> weights = new LinkedHashMap<>();
    for (Parameter parameter : network.weights().parameters()) {
      if (parameter.name().startsWith(PREFIX)) {
        weights.put(parameter.name().substring(PREFIX.length()), parameter.value());
      }
    }
    return new PublicModel(config(network.config().text(), padding), weights);
  }

  private static Map<String, Object> config(ModelConfig.Encoder config, int padding) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("model_type", "bert");
    values.put("architectures", new String[] {"BertModel"});
    values.put("dtype", "float32");
    values.put("vocab_size", config.vocabulary());
    values.put("max_position_embeddings", config.maxTokens());
    values.put("type_vocab_size", TextEncoder.SEGMENTS);
    values.put("pad_token_id", padding);
    values.put("hidden_size", config.width());
    values.put("num_hidden_layers", config.layers());
    values.put("num_attention_heads", config.heads());
    values.put("intermediate_size", config.mlp());
    values.put("hidden_act", "gelu");
    values.put("layer_norm_eps", TextEncoder.EPSILON);
    values.put("hidden_dropout_prob", config.dropout());
    values.put("attention_probs_dropout_prob", 0.0);
    return values;
  }
}
