package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;

/** As {@link Passed}, of a layer that ends in a product with a bias. */
record Produced(NDArray y, Back back) {

  interface Back {

    NDArray through(Summed dy);
  }
}
