package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import io.radstream.model.layers.Dropout;
import io.radstream.model.network.TextBlock;
import io.radstream.model.network.TextEncoder;

/** The report encoder and its way back. */
record Texts(TextEncoder network, Layers layers) {

  /** reports × vector width; the way back ends at the embeddings. */
  Passed apply(Packed reports) {
    Dropout dropout = new Dropout(network.config().dropout(), true);
    Passed x = embed(reports);
    x = x.then(layers.norm(network.norm(), x.y()));
    x = x.then(layers.dropout(dropout, x.y()));
    Blocks blocks = new Blocks(layers);
    for (TextBlock block : network.blocks()) {
      x = x.then(blocks.text(block, x.y(), reports.rows(), dropout));
    }
    x = x.then(first(x.y(), reports));
    x = x.then(layers.linear(network.pooler(), x.y()));
    x = x.then(tanh(x.y()));
    x = x.then(layers.dropout(dropout, x.y()));
    x = x.then(layers.linear(network.projection(), x.y()));
    return new Passed(layers.operations().wide(x.y()), x.back());
  }

  private Passed embed(Packed reports) {
    Embedding words = new Embedding(network.words(), layers);
    Embedding places = new Embedding(network.positions(), layers);
    Operations operations = layers.operations();
    NDArray segment = operations.part(network.segments(), 0, 1);
    NDArray x =
        operations.add(
            operations.add(words.of(reports.ids()), places.of(reports.places())), segment);
    return new Passed(
        x,
        dy -> {
          words.learn(dy, reports.ids());
          places.learn(dy, reports.places());
          NDArray dsegments = operations.zeros(network.segments());
          operations.addTo(operations.part(dsegments, 0, 1), operations.sumRows(dy));
          layers.sums().add(network.segments(), dsegments);
          return dy;
        });
  }

  private Passed first(NDArray x, Packed reports) {
    Operations operations = layers.operations();
    return new Passed(
        operations.pick(x, reports.firsts()),
        dy -> operations.pickBack(operations.wide(dy), reports.firsts(), x.getShape().get(0)));
  }

  private Passed tanh(NDArray x) {
    NDArray y = layers.operations().call("tanh").with(x).one();
    return new Passed(y, dy -> layers.operations().call("tanh_back").with(dy, y).one());
  }
}
