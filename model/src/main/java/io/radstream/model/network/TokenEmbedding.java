package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.engine.Scaling;
import io.radstream.model.layers.LayerNorm;
import io.radstream.model.weights.Parameter.Kind;
import io.radstream.model.weights.Weights;

/** Tokens of the decoder, and their places, as features. */
public sealed interface TokenEmbedding {

  /** vocabulary × width; the output layer shares it. */
  NDArray words();

  /**
   * @param ids reports × tokens
   * @param from place of the first token
   * @return reports × tokens × width
   */
  NDArray apply(NDArray ids, int from);

  /**
   * The same where each token has a place of its own.
   *
   * @param at places, as ids
   */
  NDArray at(NDArray ids, NDArray at);

  static TokenEmbedding of(Weights.Scope scope, ModelConfig.Decoder config) {
    int width = config.width();
    NDArray words =
        scope.weight("word_embeddings.weight", Kind.EMBEDDING, config.vocabulary(), width);
    return switch (config.positions()) {
      case SINUSOIDAL -> Sinusoidal.of(words, config.maxTokens());
      case LEARNED ->
          new Learned(
              words,
              scope.weight("position_embeddings.weight", Kind.EMBEDDING, config.maxTokens(), width),
              scope.norm("embedding_norm", width, Learned.EPSILON));
    };
  }

  static NDArray look(NDArray ids, NDArray table) {
    return Embedding.embedding(ids, table, SparseFormat.DENSE).singletonOrThrow();
  }

  /**
   * Scaled words plus sines and cosines of geometrically growing wavelengths (Vaswani et al., 2017,
   * sections 3.4 and 3.5).
   *
   * @param waves longest report × width
   */
  record Sinusoidal(NDArray words, NDArray waves) implements TokenEmbedding {

    private static final double LONGEST_WAVE = 10_000;

    static Sinusoidal of(NDArray words, int longest) {
      NDArray waves = waves(words.getManager(), longest, (int) words.getShape().get(1));
      return new Sinusoidal(words, waves.toType(words.getDataType(), false));
    }

    @Override
    public NDArray apply(NDArray ids, int from) {
      NDArray features = Scaling.by(Math.sqrt((double) words.getShape().get(1)), look(ids, words));
      NDArray here = waves.get("%d:%d".formatted(from, from + ids.getShape().get(1)));
      here.attach(ids.getManager());
      return features.add(here);
    }

    @Override
    public NDArray at(NDArray ids, NDArray at) {
      NDArray features = Scaling.by(Math.sqrt((double) words.getShape().get(1)), look(ids, words));
      return features.add(look(at, waves));
    }

    static NDArray waves(NDManager manager, int tokens, int width) {
      double[] values = new double[tokens * width];
      for (int token = 0; token < tokens; token++) {
        for (int i = 0; i < width; i++) {
          double angle = token / Math.pow(LONGEST_WAVE, (i - i % 2) / (double) width);
          values[token * width + i] = i % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
        }
      }
      return manager.create(values, new Shape(tokens, width));
    }
  }

  /**
   * Words plus learned places, then layer normalisation, as in the authors' code.
   *
   * @param places longest report × width
   */
  record Learned(NDArray words, NDArray places, LayerNorm norm) implements TokenEmbedding {

    private static final double EPSILON = 1e-8;

    @Override
    public NDArray apply(NDArray ids, int from) {
      int tokens = (int) ids.getShape().get(1);
      return at(ids, ids.getManager().arange(from, from + tokens, 1, DataType.INT64));
    }

    @Override
    public NDArray at(NDArray ids, NDArray at) {
      return norm.apply(look(ids, words).add(look(at, places)));
    }
  }
}
