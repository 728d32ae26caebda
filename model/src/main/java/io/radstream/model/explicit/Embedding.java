package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;

/**
 * Rows of a table.
 *
 * @param table count × width
 */
record Embedding(NDArray table, Layers layers) {

  NDArray of(NDArray ids) {
    return layers.operations().call("look").with(table, ids).one();
  }

  void learn(NDArray dy, NDArray ids) {
    if (layers.sums().want(table)) {
      long count = table.getShape().get(0);
      layers
          .sums()
          .add(table, layers.operations().call("look_back").with(dy, ids).with(count).one());
    }
  }
}
