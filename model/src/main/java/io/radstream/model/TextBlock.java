package io.radstream.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/** An encoder block of BERT: normalisation last, GELU. */
record TextBlock(
    MultiHeadAttention attention,
    LayerNorm attentionNorm,
    Linear hidden,
    Linear output,
    LayerNorm outputNorm) {

  /** Names as in Hugging Face's BertModel. */
  static TextBlock of(Weights.Scope scope, ModelConfig.Transformer config) {
    int width = config.width();
    Weights.Scope self = scope.child("attention.self");
    return new TextBlock(
        new MultiHeadAttention(
            self.linear("query", width, width),
            self.linear("key", width, width),
            self.linear("value", width, width),
            scope.linear("attention.output.dense", width, width),
            config.heads()),
        scope.norm("attention.output.LayerNorm", width, TextEncoder.EPSILON),
        scope.linear("intermediate.dense", width, config.mlp()),
        scope.linear("output.dense", config.mlp(), width),
        scope.norm("output.LayerNorm", width, TextEncoder.EPSILON));
  }

  /**
   * @param x reports × tokens × width
   * @param mask as in {@link TokenBatch}
   */
  NDArray apply(NDArray x, NDArray mask, Dropout dropout) {
    NDArray attended = x.add(dropout.apply(attention.apply(x, x, mask)));
    NDArray y = attentionNorm.apply(attended);
    NDArray perceptron = output.apply(Activation.gelu(hidden.apply(y)));
    return outputNorm.apply(y.add(dropout.apply(perceptron)));
  }
}
