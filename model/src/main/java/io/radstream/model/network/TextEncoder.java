package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.layers.Dropout;
import io.radstream.model.layers.LayerNorm;
import io.radstream.model.layers.Linear;
import io.radstream.model.weights.Parameter.Kind;
import io.radstream.model.weights.Weights;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The report encoder (paper, section 4.2, task 2): BERT (Devlin et al., 2019), its pooled output
 * projected to the width of a study vector.
 */
public record TextEncoder(
    ModelConfig.Encoder config,
    NDArray words,
    NDArray positions,
    NDArray segments,
    LayerNorm norm,
    List<TextBlock> blocks,
    Linear pooler,
    Linear projection) {

  public static final double EPSILON = 1e-12;

  public static final int SEGMENTS = 2;

  static TextEncoder of(Weights weights, ModelConfig.Encoder config, int vectorWidth) {
    Weights.Scope bert = weights.scope(NetworkPart.TEXT, "bert");
    Weights.Scope embeddings = bert.embeddings().child("embeddings");
    int width = config.width();
    return new TextEncoder(
        config,
        embeddings.weight("word_embeddings.weight", Kind.EMBEDDING, config.vocabulary(), width),
        embeddings.weight("position_embeddings.weight", Kind.EMBEDDING, config.maxTokens(), width),
        embeddings.weight("token_type_embeddings.weight", Kind.ZERO_EMBEDDING, SEGMENTS, width),
        embeddings.norm("LayerNorm", width, EPSILON),
        IntStream.range(0, config.layers())
            .mapToObj(i -> TextBlock.of(bert.block("encoder.layer", i), config))
            .toList(),
        bert.linear("pooler.dense", width, width),
        weights.scope(NetworkPart.TEXT, "text_projection").linear("dense", width, vectorWidth));
  }

  /** reports × vector width. */
  public NDArray apply(TokenBatch tokens, boolean training) {
    Dropout dropout = new Dropout(config.dropout(), training);
    NDArray x = dropout.apply(norm.apply(embed(tokens.ids())));
    for (TextBlock block : blocks) {
      x = block.apply(x, tokens.mask(), dropout);
    }
    NDArray pooled = pooler.apply(x.get(":, 0")).tanh();
    return projection.apply(dropout.apply(pooled));
  }

  private NDArray embed(NDArray ids) {
    long tokens = ids.getShape().get(1);
    NDArray places = ids.getManager().arange((int) tokens).toType(ids.getDataType(), false);
    NDArray first = ids.getManager().zeros(places.getShape(), ids.getDataType());
    return TokenEmbedding.look(ids, words)
        .add(TokenEmbedding.look(places, positions))
        .add(TokenEmbedding.look(first, segments));
  }
}
