package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import io.radstream.model.config.Activation;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.layers.Dropout;
import io.radstream.model.layers.LayerNorm;
import io.radstream.model.layers.MultiHeadAttention;
import io.radstream.model.layers.Perceptron;
import io.radstream.model.weights.Weights;

/** An encoder block of BERT: normalisation last, GELU. */
public record TextBlock(
    MultiHeadAttention attention,
    LayerNorm attentionNorm,
    Perceptron perceptron,
    LayerNorm outputNorm) {

  /** Names as in Hugging Face's BertModel. */
  static TextBlock of(Weights.Scope scope, ModelConfig.Encoder config) {
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
        new Perceptron(
            scope.linear("intermediate.dense", width, config.mlp()),
            Activation.GELU,
            scope.linear("output.dense", config.mlp(), width)),
        scope.norm("output.LayerNorm", width, TextEncoder.EPSILON));
  }

  /**
   * @param x reports × tokens × width
   * @param mask as in {@link TokenBatch}
   */
  NDArray apply(NDArray x, NDArray mask, Dropout dropout) {
    NDArray y = attentionNorm.apply(x.add(dropout.apply(attention.apply(x, x, mask))));
    return outputNorm.apply(y.add(dropout.apply(perceptron.apply(y))));
  }
}
