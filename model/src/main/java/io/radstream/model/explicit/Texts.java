package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.layers.Dropout;
import io.radstream.model.network.TextBlock;
import io.radstream.model.network.TextEncoder;
import java.util.Optional;

/** The report encoder and its way back. */
record Texts(TextEncoder network, Layers layers) {

  /** reports × vector width; the way back ends at the embeddings. */
  Passed apply(Packed reports) {
    Dropout dropout = new Dropout(network.config().dropout(), true);
    Flow x = embed(reports);
    x = x.then(layers.between().dropout(dropout, x.y()));
    Blocks blocks = new Blocks(layers);
    int number = 0;
    for (TextBlock block : network.blocks()) {
      x = x.then(told(blocks.text(block, x.y(), reports.rows(), dropout), ++number));
    }
    Passed pooled = first(x, reports);
    pooled = pooled.then(layers.linear(network.pooler(), pooled.y()));
    pooled = pooled.then(tanh(pooled.y()));
    pooled = pooled.then(layers.dropout(dropout, pooled.y()));
    pooled = pooled.then(layers.linear(network.projection(), pooled.y()));
    return new Passed(layers.operations().wide(pooled.y()), pooled.back());
  }

  private Flow told(Flow block, int number) {
    return new Flow(
        block.y(),
        dy -> {
          Feedback dx = block.back().through(dy);
          layers.sums().behind(NetworkPart.TEXT, number);
          return dx;
        });
  }

  private Flow embed(Packed reports) {
    Operations operations = layers.operations();
    Between between = layers.between();
    NDArray segment = operations.chunks(network.segments(), TextEncoder.SEGMENTS, 0).get(0);
    Tables tables = new Tables(network.words(), 1, network.positions(), Optional.of(segment));
    Residual looked = Residual.of(between.look(tables, reports.ids(), reports.places()));
    Normed normed = between.norm(network.norm(), looked, Between.Reader.ALL);
    return new Flow(
        normed.y(),
        dy -> {
          NDArray dx = normed.back().through(dy, Optional.empty()).x();
          between.learn(network.words(), 1, reports.ids(), dx);
          between.learn(network.positions(), 1, reports.places(), dx);
          NDArray dsegment = operations.sumRows(dx).reshape(segment.getShape());
          layers
              .sums()
              .add(network.segments(), operations.lengthened(dsegment, TextEncoder.SEGMENTS - 1));
          return Feedback.NONE;
        });
  }

  /** The way back ends at the embeddings. */
  private Passed first(Flow features, Packed reports) {
    Operations operations = layers.operations();
    NDArray x = features.y().stream();
    return new Passed(
        operations.pick(x, reports.firsts()),
        dy -> {
          long rows = x.getShape().get(0);
          NDArray dx = operations.pickBack(operations.wide(dy), reports.firsts(), rows);
          features.back().through(Feedback.ofStream(dx));
          return dy;
        });
  }

  private Passed tanh(NDArray x) {
    NDArray y = layers.operations().call("tanh").with(x).one();
    return new Passed(y, dy -> layers.operations().call("tanh_back").with(dy, y).one());
  }
}
