package io.radstream.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import io.radstream.model.Parameter.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The report transformer (paper, section 4.2, task 1): the decoder of "Attention is all you need",
 * which attends to the fused study and predicts each token from those before it. Input and output
 * embeddings are tied.
 */
record ReportTransformer(
    ModelConfig.Transformer config,
    NDArray words,
    Linear visual,
    List<ReportBlock> blocks,
    NDArray logitBias) {

  private static final double LONGEST_WAVE = 10_000;

  static ReportTransformer of(
      Weights weights, ModelConfig.Transformer config, int vocabulary, int studyWidth) {
    Weights.Scope scope = weights.scope("report");
    return new ReportTransformer(
        config,
        scope.weight("word_embeddings.weight", Kind.EMBEDDING, vocabulary, config.width()),
        scope.linear("visual_projection", studyWidth, config.width()),
        IntStream.range(0, config.layers())
            .mapToObj(i -> ReportBlock.of(scope.child("layer").child(i), config))
            .toList(),
        scope.weight("logits.bias", Kind.BIAS, vocabulary));
  }

  /**
   * Features from which the next token is predicted.
   *
   * @param ids reports × tokens
   * @param grid reports × patches × study width
   * @return reports × tokens × width
   */
  NDArray features(NDArray ids, NDArray grid, boolean training) {
    Dropout dropout = new Dropout(config.dropout(), training);
    int tokens = (int) ids.getShape().get(1);
    NDManager manager = ids.getManager();
    NDArray memory = visual.apply(grid);
    NDArray embedded = Embedding.embedding(ids, words, SparseFormat.DENSE).singletonOrThrow();
    NDArray x = Scaling.by(Math.sqrt(config.width()), embedded).add(positions(manager, tokens));
    x = dropout.apply(x);
    NDArray causal = causal(manager, tokens);
    for (ReportBlock block : blocks) {
      x = block.apply(x, memory, causal, dropout);
    }
    return x;
  }

  /** … × width to … × vocabulary. */
  NDArray logits(NDArray features) {
    return new Linear(words, logitBias).apply(features);
  }

  private static NDArray causal(NDManager manager, int tokens) {
    float[] mask = new float[tokens * tokens];
    for (int row = 0; row < tokens; row++) {
      Arrays.fill(mask, row * tokens + row + 1, (row + 1) * tokens, TokenBatch.BLOCKED);
    }
    return manager.create(mask, new Shape(1, 1, tokens, tokens));
  }

  /** Sines and cosines of geometrically growing wavelengths (section 3.5 there). */
  private NDArray positions(NDManager manager, int tokens) {
    int width = config.width();
    float[] values = new float[tokens * width];
    for (int position = 0; position < tokens; position++) {
      for (int i = 0; i < width; i++) {
        double angle = position / Math.pow(LONGEST_WAVE, (i - i % 2) / (double) width);
        values[position * width + i] = (float) (i % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
      }
    }
    return manager.create(values, new Shape(1, tokens, width));
  }
}
