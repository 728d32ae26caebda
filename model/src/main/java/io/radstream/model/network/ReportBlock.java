package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.layers.Dropout;
import io.radstream.model.layers.LayerNorm;
import io.radstream.model.layers.MultiHeadAttention;
import io.radstream.model.layers.Perceptron;
import io.radstream.model.weights.Weights;
import java.util.function.UnaryOperator;

/** A decoder block, normalisation last (Vaswani et al., 2017, section 3.1). */
public record ReportBlock(
    MultiHeadAttention self,
    LayerNorm selfNorm,
    MultiHeadAttention cross,
    LayerNorm crossNorm,
    Perceptron perceptron,
    LayerNorm outputNorm) {

  private static final double EPSILON = 1e-5;

  static ReportBlock of(Weights.Scope scope, ModelConfig.Decoder config) {
    int width = config.width();
    return new ReportBlock(
        attention(scope.child("self_attention"), config),
        scope.norm("self_attention_norm", width, EPSILON),
        attention(scope.child("cross_attention"), config),
        scope.norm("cross_attention_norm", width, EPSILON),
        new Perceptron(
            scope.linear("hidden", width, config.mlp()),
            config.activation(),
            scope.linear("output", config.mlp(), width)),
        scope.norm("output_norm", width, EPSILON));
  }

  private static MultiHeadAttention attention(Weights.Scope scope, ModelConfig.Decoder config) {
    int width = config.width();
    return new MultiHeadAttention(
        scope.linear("query", width, width),
        scope.linear("key", width, width),
        scope.linear("value", width, width),
        scope.linear("output", width, width),
        config.heads());
  }

  /**
   * @param x reports × tokens × width
   * @param study reports × places × width
   * @param causal 1 × 1 × tokens × tokens, blocks what comes later; null for nothing
   */
  NDArray apply(NDArray x, NDArray study, NDArray causal, Dropout dropout) {
    return around(x, self.apply(x, x, causal), y -> cross.apply(y, study, null), dropout);
  }

  /**
   * @param x reports × 1 × width: the newest token of each
   * @param before the tokens up to it, itself among them
   * @param study the places of the study
   * @param mask reports × 1 × 1 × tokens up to it, blocks places without token; null for nothing
   */
  public NDArray next(
      NDArray x, MultiHeadAttention.Memory before, MultiHeadAttention.Memory study, NDArray mask) {
    return around(x, self.apply(x, before, mask), y -> cross.apply(y, study, null), Dropout.NONE);
  }

  private NDArray around(
      NDArray x, NDArray attended, UnaryOperator<NDArray> study, Dropout dropout) {
    NDArray y = selfNorm.apply(x.add(dropout.apply(attended)));
    NDArray z = crossNorm.apply(y.add(dropout.apply(study.apply(y))));
    return outputNorm.apply(z.add(dropout.apply(perceptron.apply(z))));
  }
}
