package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;

/**
 * What a layer gives, and the way back through it, which can be gone once.
 *
 * @param back gradients of the layer's weights are added up on the way
 */
record Passed(NDArray y, Back back) {

  interface Back {

    /** From the gradient by {@code y} to that by what the layer was given. */
    NDArray through(NDArray dy);
  }

  /** With another layer behind. */
  Passed then(Passed next) {
    return new Passed(next.y, dy -> back.through(next.back.through(dy)));
  }
}
