package io.radstream.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/** A self-attention block with normalisation first and ReLU (paper, section 4.1, figure 1b). */
record RadiographBlock(
    LayerNorm before, MultiHeadAttention attention, LayerNorm after, Linear hidden, Linear output) {

  private static final double EPSILON = 1e-12;

  /** Names as in Hugging Face's ViTModel. */
  static RadiographBlock of(Weights.Scope scope, int width, int heads, int mlp) {
    Weights.Scope attention = scope.child("attention.attention");
    return new RadiographBlock(
        scope.norm("layernorm_before", width, EPSILON),
        new MultiHeadAttention(
            attention.linear("query", width, width),
            attention.linear("key", width, width),
            attention.linear("value", width, width),
            scope.linear("attention.output.dense", width, width),
            heads),
        scope.norm("layernorm_after", width, EPSILON),
        scope.linear("intermediate.dense", width, mlp),
        scope.linear("output.dense", mlp, width));
  }

  /** batch × tokens × width, to the same. */
  NDArray apply(NDArray x) {
    NDArray normed = before.apply(x);
    NDArray attended = x.add(attention.apply(normed, normed, null));
    return attended.add(output.apply(Activation.relu(hidden.apply(after.apply(attended)))));
  }
}
