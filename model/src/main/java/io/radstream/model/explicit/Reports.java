package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.layers.Dropout;
import io.radstream.model.network.ReportBlock;
import io.radstream.model.network.ReportTransformer;
import io.radstream.model.network.TokenEmbedding;
import java.util.List;

/** The report transformer and its way back. */
record Reports(ReportTransformer network, Layers layers) {

  /** A sum of log-likelihoods, and the way back. */
  record Likelihood(NDArray sum, Back back) {

    interface Back {

      /**
       * The gradient by the study.
       *
       * @param factor what the sum is multiplied by in the loss, a scalar
       */
      NDArray through(NDArray factor);
    }
  }

  /**
   * How likely each token of the reports is behind those before it.
   *
   * @param written one report for each row of the memory
   * @param memory reports × places × memory width
   */
  Likelihood apply(Written written, NDArray memory) {
    Operations operations = layers.operations();
    Dropout dropout = new Dropout(network.config().dropout(), true);
    Packed read = written.read();
    Shape shape = memory.getShape();
    Passed seen =
        layers.linear(network.visual(), memory.reshape(shape.get(0) * shape.get(1), shape.get(2)));
    NDArray study = operations.wide(seen.y());
    Sequences places = written.memory();
    Slope byStudy = new Slope(operations, study);
    Passed x = embed(read);
    x = x.then(layers.dropout(dropout, x.y()));
    Blocks blocks = new Blocks(layers);
    for (ReportBlock block : network.blocks()) {
      x = x.then(blocks.report(block, x.y(), read.rows(), study, places, dropout, byStudy::add));
    }
    Passed features = x;
    Passed logits = layers.linear(network.output(), features.y());
    NDArray next = operations.shaped(written.next(), -1, 1);
    List<NDArray> likelihood = operations.call("likelihood").with(logits.y(), next).many();
    return new Likelihood(
        likelihood.get(0),
        factor -> {
          NDArray dlogits =
              operations
                  .call("likelihood_back")
                  .with(logits.y(), next, likelihood.get(1), factor)
                  .one();
          NDArray dfeatures = operations.wide(logits.back().through(dlogits));
          features.back().through(dfeatures);
          return operations.wide(seen.back().through(byStudy.sum())).reshape(shape);
        });
  }

  private Passed embed(Packed read) {
    TokenEmbedding tokens = network.tokens();
    if (tokens instanceof TokenEmbedding.Sinusoidal sinusoidal) {
      return embed(sinusoidal, read);
    }
    return embed((TokenEmbedding.Learned) tokens, read);
  }

  private Passed embed(TokenEmbedding.Sinusoidal tokens, Packed read) {
    Operations operations = layers.operations();
    Embedding words = new Embedding(tokens.words(), layers);
    double scale = Math.sqrt((double) network.config().width());
    NDArray x =
        operations.add(
            operations.scaled(words.of(read.ids()), scale),
            new Embedding(tokens.waves(), layers).of(read.places()));
    return new Passed(
        x,
        dy -> {
          words.learn(operations.scaled(dy, scale), read.ids());
          return dy;
        });
  }

  private Passed embed(TokenEmbedding.Learned tokens, Packed read) {
    Operations operations = layers.operations();
    Embedding words = new Embedding(tokens.words(), layers);
    Embedding places = new Embedding(tokens.places(), layers);
    Passed x =
        new Passed(
            operations.add(words.of(read.ids()), places.of(read.places())),
            dy -> {
              words.learn(dy, read.ids());
              places.learn(dy, read.places());
              return dy;
            });
    return x.then(layers.norm(tokens.norm(), x.y()));
  }
}
