package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import io.radstream.model.explicit.Between.Reader;
import io.radstream.model.layers.Dropout;
import io.radstream.model.layers.LayerNorm;
import io.radstream.model.network.RadiographBlock;
import io.radstream.model.network.ReportBlock;
import io.radstream.model.network.TextBlock;
import java.util.Optional;
import java.util.function.Consumer;

/** Blocks of transformers. What a block keeps for its way back is gone behind it. */
record Blocks(Layers layers) {

  /** What a block with normalisation first gives: a sum that the next one makes. */
  record Climbed(Residual y, Back back) {

    interface Back {

      Residual.Split through(Residual.Split dy);
    }

    /** With another block behind. */
    Climbed then(Climbed next) {
      return new Climbed(next.y, dy -> back.through(next.back.through(dy)));
    }
  }

  /** y = z + P(N(z)), z = x + A(N(x)). */
  Climbed radiograph(RadiographBlock block, Residual x, Sequences rows) {
    Layers own = layers.within();
    Normed first = own.between().norm(block.before(), x, Reader.PRODUCT);
    Produced attended = own.attention(block.attention(), first.y().narrow(), rows, false);
    Residual z = new Residual(first.sum(), attended, Dropout.NONE);
    Normed second = own.between().norm(block.after(), z, Reader.PRODUCT);
    Produced thought = own.perceptron(block.perceptron(), second.y().narrow());
    return new Climbed(
        new Residual(second.sum(), thought, Dropout.NONE),
        dy -> {
          Residual.Split dz = back(second, thought, dy);
          Residual.Split dx = back(first, attended, dz);
          layers.keep(dx.x());
          dx.added().ifPresent(layers::keep);
          own.close();
          return dx;
        });
  }

  /** Through a layer that reads what is normalised, and the normalisation. */
  private static Residual.Split back(Normed normed, Produced layer, Residual.Split dy) {
    NDArray dnormed = layer.back().through(dy.added().orElseThrow());
    return normed.back().through(Feedback.ofProduct(dnormed), Optional.of(dy.x()));
  }

  /** y = N(z + D(P(z))), z = N(x + D(A(x))). */
  Flow text(TextBlock block, Features x, Sequences rows, Dropout dropout) {
    Layers own = layers.within();
    Produced attended = own.attention(block.attention(), x.narrow(), rows, false);
    Flow z = around(own, x, attended, dropout, block.attentionNorm());
    Produced thought = own.perceptron(block.perceptron(), z.y().narrow());
    return kept(own, z.then(around(own, z.y(), thought, dropout, block.outputNorm())));
  }

  /**
   * y = N(w + D(P(w))), w = N(z + D(C(z))), z = N(x + D(A(x))), C attending to the study.
   *
   * @param study (reports × places) × width
   * @param seen is given the gradient by the study
   */
  Flow report(
      ReportBlock block,
      Features x,
      Sequences rows,
      NDArray study,
      Sequences places,
      Dropout dropout,
      Consumer<NDArray> seen) {
    Layers own = layers.within();
    Produced attended = own.attention(block.self(), x.narrow(), rows, true);
    Flow z = around(own, x, attended, dropout, block.selfNorm());
    Produced cross = own.attention(block.cross(), z.y().narrow(), rows, study, places, seen);
    Flow w = z.then(around(own, z.y(), cross, dropout, block.crossNorm()));
    Produced thought = own.perceptron(block.perceptron(), w.y().narrow());
    return kept(own, w.then(around(own, w.y(), thought, dropout, block.outputNorm())));
  }

  /** N(x + D(layer)). */
  private static Flow around(
      Layers own, Features x, Produced layer, Dropout dropout, LayerNorm norm) {
    Residual sum = new Residual(x.stream(), layer, dropout);
    Normed normed = own.between().norm(norm, sum, Reader.ALL);
    return new Flow(
        normed.y(),
        dy -> {
          Residual.Split found = normed.back().through(dy, Optional.empty());
          return Feedback.of(layer.back().through(found.added().orElseThrow()), found.x());
        });
  }

  /** What comes back from a block outlives it. */
  private Flow kept(Layers own, Flow block) {
    return new Flow(
        block.y(),
        dy -> {
          Feedback dx = block.back().through(dy);
          dx.narrow().ifPresent(layers::keep);
          dx.stream().ifPresent(layers::keep);
          own.close();
          return dx;
        });
  }
}
