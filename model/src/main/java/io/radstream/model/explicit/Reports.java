package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.layers.Dropout;
import io.radstream.model.network.ReportBlock;
import io.radstream.model.network.ReportTransformer;
import io.radstream.model.network.TokenEmbedding;
import java.util.Optional;

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
    Produced seen =
        layers.product(network.visual(), memory.reshape(shape.get(0) * shape.get(1), shape.get(2)));
    NDArray study = seen.y();
    Sequences places = written.memory();
    Slope byStudy = new Slope(operations, study);
    Flow x = embed(read);
    x = x.then(layers.between().dropout(dropout, x.y()));
    Blocks blocks = new Blocks(layers);
    for (ReportBlock block : network.blocks()) {
      x = x.then(blocks.report(block, x.y(), read.rows(), study, places, dropout, byStudy::add));
    }
    Flow features = x;
    NDArray next = operations.shaped(written.next(), -1, 1);
    Predicted predicted = layers.between().predict(network.output(), features.y().narrow(), next);
    return new Likelihood(
        predicted.sum(),
        factor -> {
          features.back().through(Feedback.ofProduct(predicted.back().through(factor)));
          NDArray dstudy = layers.between().learned(byStudy.sum(), seen.bias());
          NDArray dmemory = seen.back().through(dstudy);
          return layers.between().stored(dmemory).reshape(shape);
        });
  }

  private Flow embed(Packed read) {
    TokenEmbedding tokens = network.tokens();
    if (tokens instanceof TokenEmbedding.Sinusoidal sinusoidal) {
      return embed(sinusoidal, read);
    }
    return embed((TokenEmbedding.Learned) tokens, read);
  }

  private Flow embed(TokenEmbedding.Sinusoidal tokens, Packed read) {
    Between between = layers.between();
    double scale = Math.sqrt((double) network.config().width());
    Tables tables = new Tables(tokens.words(), scale, tokens.waves(), Optional.empty());
    return new Flow(
        between.features(between.look(tables, read.ids(), read.places())),
        dy -> {
          between.learn(tokens.words(), scale, read.ids(), dy.total(layers.operations()));
          return Feedback.NONE;
        });
  }

  private Flow embed(TokenEmbedding.Learned tokens, Packed read) {
    Between between = layers.between();
    Tables tables = new Tables(tokens.words(), 1, tokens.places(), Optional.empty());
    Residual looked = Residual.of(between.look(tables, read.ids(), read.places()));
    Normed normed = between.norm(tokens.norm(), looked, Between.Reader.ALL);
    return new Flow(
        normed.y(),
        dy -> {
          NDArray dx = normed.back().through(dy, Optional.empty()).x();
          between.learn(tokens.words(), 1, read.ids(), dx);
          between.learn(tokens.places(), 1, read.places(), dx);
          return Feedback.NONE;
        });
  }
}
