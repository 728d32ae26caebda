package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import io.radstream.model.layers.Dropout;
import io.radstream.model.network.RadiographBlock;
import io.radstream.model.network.ReportBlock;
import io.radstream.model.network.TextBlock;
import java.util.function.Consumer;

/** Blocks of transformers. What a block keeps for its way back is gone behind it. */
record Blocks(Layers layers) {

  private NDArray add(NDArray x, NDArray y) {
    return layers.operations().add(x, y);
  }

  /** y = z + P(N(z)), z = x + A(N(x)). */
  Passed radiograph(RadiographBlock block, NDArray x, Sequences rows) {
    Layers own = layers.within();
    Passed attended = own.norm(block.before(), x);
    attended = attended.then(own.attention(block.attention(), attended.y(), rows, false));
    NDArray z = own.operations().add(x, attended.y());
    Passed thought = own.norm(block.after(), z);
    thought = thought.then(own.perceptron(block.perceptron(), thought.y()));
    Passed first = attended;
    Passed second = thought;
    return new Passed(
        add(z, thought.y()),
        dy -> {
          NDArray dz = own.operations().add(dy, second.back().through(dy));
          NDArray dx = add(dz, first.back().through(dz));
          own.close();
          return dx;
        });
  }

  /** y = N(z + D(P(z))), z = N(x + D(A(x))). */
  Passed text(TextBlock block, NDArray x, Sequences rows, Dropout dropout) {
    Layers own = layers.within();
    Passed z =
        around(
            own,
            x,
            own.attention(block.attention(), x, rows, false),
            dropout,
            sum -> own.norm(block.attentionNorm(), sum));
    Passed y =
        around(
            own,
            z.y(),
            own.perceptron(block.perceptron(), z.y()),
            dropout,
            sum -> layers.norm(block.outputNorm(), sum));
    return new Passed(y.y(), dy -> kept(own, z.back().through(y.back().through(dy))));
  }

  /**
   * y = N(w + D(P(w))), w = N(z + D(C(z))), z = N(x + D(A(x))), C attending to the study.
   *
   * @param study (reports × places) × width
   * @param seen is given the gradient by the study
   */
  Passed report(
      ReportBlock block,
      NDArray x,
      Sequences rows,
      NDArray study,
      Sequences places,
      Dropout dropout,
      Consumer<NDArray> seen) {
    Layers own = layers.within();
    Passed z =
        around(
            own,
            x,
            own.attention(block.self(), x, rows, true),
            dropout,
            sum -> own.norm(block.selfNorm(), sum));
    Layers.Crossed crossed = own.attention(block.cross(), z.y(), rows, study, places);
    Passed cross =
        new Passed(
            crossed.y(),
            dy -> {
              Layers.Crossed.Both found = crossed.back().through(dy);
              seen.accept(found.memory());
              return found.asking();
            });
    Passed w = around(own, z.y(), cross, dropout, sum -> own.norm(block.crossNorm(), sum));
    Passed y =
        around(
            own,
            w.y(),
            own.perceptron(block.perceptron(), w.y()),
            dropout,
            sum -> layers.norm(block.outputNorm(), sum));
    return new Passed(
        y.y(), dy -> kept(own, z.back().through(w.back().through(y.back().through(dy)))));
  }

  private interface Norm {

    Passed of(NDArray sum);
  }

  /** N(x + D(layer)). */
  private static Passed around(Layers own, NDArray x, Passed layer, Dropout dropout, Norm norm) {
    Passed dropped = layer.then(own.dropout(dropout, layer.y()));
    Passed normed = norm.of(own.operations().add(x, dropped.y()));
    return new Passed(
        normed.y(),
        dy -> {
          NDArray dsum = normed.back().through(dy);
          return own.operations().add(dsum, dropped.back().through(dsum));
        });
  }

  /** What outlives its block. */
  private NDArray kept(Layers own, NDArray dx) {
    dx.attach(layers.operations().manager());
    own.close();
    return dx;
  }
}
