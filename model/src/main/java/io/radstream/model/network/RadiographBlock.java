package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.layers.LayerNorm;
import io.radstream.model.layers.MultiHeadAttention;
import io.radstream.model.layers.Perceptron;
import io.radstream.model.weights.Weights;

/** A self-attention block with normalisation first (paper, section 4.1, figure 1b). */
public record RadiographBlock(
    LayerNorm before, MultiHeadAttention attention, LayerNorm after, Perceptron perceptron) {

  /** Of Hugging Face's ViT. */
  public static final double EPSILON = 1e-12;

  /** Names as in Hugging Face's ViTModel. */
  static RadiographBlock of(Weights.Scope scope, ModelConfig.Radiograph config) {
    Weights.Scope attention = scope.child("attention.attention");
    int width = config.width();
    return new RadiographBlock(
        scope.norm("layernorm_before", width, EPSILON),
        new MultiHeadAttention(
            attention.linear("query", width, width),
            attention.linear("key", width, width),
            attention.linear("value", width, width),
            scope.linear("attention.output.dense", width, width),
            config.heads()),
        scope.norm("layernorm_after", width, EPSILON),
        new Perceptron(
            scope.linear("intermediate.dense", width, config.mlp()),
            config.activation(),
            scope.linear("output.dense", config.mlp(), width)));
  }

  /** batch × tokens × width, to the same. */
  NDArray apply(NDArray x) {
    NDArray normed = before.apply(x);
    NDArray attended = x.add(attention.apply(normed, normed, null));
    return attended.add(perceptron.apply(after.apply(attended)));
  }
}
