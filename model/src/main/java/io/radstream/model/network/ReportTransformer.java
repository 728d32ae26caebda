package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.layers.Dropout;
import io.radstream.model.layers.Linear;
import io.radstream.model.layers.MultiHeadAttention.Memory;
import io.radstream.model.weights.Parameter.Kind;
import io.radstream.model.weights.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The report transformer (paper, section 4.2, task 1): the decoder of "Attention is all you need",
 * which attends to the fused study and predicts each token from those before it. Input and output
 * embeddings are tied.
 *
 * @param visual memory width to width
 * @param output width to vocabulary
 */
public record ReportTransformer(
    ModelConfig.Decoder config,
    TokenEmbedding tokens,
    Linear visual,
    List<ReportBlock> blocks,
    Linear output) {

  public static ReportTransformer of(Weights weights, ModelConfig.Decoder config, int memoryWidth) {
    Weights.Scope scope = weights.scope(NetworkPart.REPORT, "report");
    TokenEmbedding tokens = TokenEmbedding.of(scope.embeddings(), config);
    return new ReportTransformer(
        config,
        tokens,
        scope.linear("visual_projection", memoryWidth, config.width()),
        IntStream.range(0, config.layers())
            .mapToObj(i -> ReportBlock.of(scope.block("layer", i), config))
            .toList(),
        scope.linear(tokens.words(), scope.weight("logits.bias", Kind.BIAS, config.vocabulary())));
  }

  /**
   * Features from which the next token is predicted.
   *
   * @param ids reports × tokens
   * @param memory reports × places × memory width, the study
   * @return reports × tokens × width
   */
  public NDArray features(NDArray ids, NDArray memory, boolean training) {
    Dropout dropout = new Dropout(config.dropout(), training);
    NDArray seen = visual.apply(memory);
    NDArray x = dropout.apply(tokens.apply(ids, 0));
    NDArray causal = causal(ids.getManager(), (int) ids.getShape().get(1));
    for (ReportBlock block : blocks) {
      x = block.apply(x, seen, causal, dropout);
    }
    return x;
  }

  /** … × width to … × vocabulary. */
  public NDArray logits(NDArray features) {
    return output.apply(features);
  }

  private static NDArray causal(NDManager manager, int tokens) {
    float[] mask = new float[tokens * tokens];
    for (int row = 0; row < tokens; row++) {
      Arrays.fill(mask, row * tokens + row + 1, (row + 1) * tokens, TokenBatch.BLOCKED);
    }
    return manager.create(mask, new Shape(1, 1, tokens, tokens));
  }

  /** A study, seen once for all the tokens that are decoded from it, by block. */
  public List<Memory> study(NDArray memory) {
    NDArray seen = visual.apply(memory);
    return blocks.stream().map(block -> block.cross().memory(seen)).toList();
  }
}
