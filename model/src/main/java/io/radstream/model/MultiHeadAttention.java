package io.radstream.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** Scaled dot-product attention in several heads (Vaswani et al., 2017, section 3.2). */
record MultiHeadAttention(Linear query, Linear key, Linear value, Linear output, int heads) {

  /**
   * @param x batch × tokens × width: what asks
   * @param memory batch × memory tokens × memory width: what is attended to
   * @param mask added to the scores, broadcast to batch × heads × tokens × memory tokens; 0 where
   *     attention is allowed, a large negative number where not; null for no mask
   * @return batch × tokens × width
   */
  NDArray apply(NDArray x, NDArray memory, NDArray mask) {
    NDArray q = split(query.apply(x));
    NDArray k = split(key.apply(memory));
    NDArray v = split(value.apply(memory));
    double scale = 1 / Math.sqrt((double) q.getShape().get(3));
    NDArray scores = Scaling.by(scale, q).matMul(k.swapAxes(2, 3));
    if (mask != null) {
      scores = scores.add(mask);
    }
    return output.apply(join(scores.softmax(3).matMul(v)));
  }

  /** batch × tokens × width to batch × heads × tokens × head width. */
  private NDArray split(NDArray x) {
    Shape shape = x.getShape();
    return x.reshape(shape.get(0), shape.get(1), heads, shape.get(2) / heads).swapAxes(1, 2);
  }

  private static NDArray join(NDArray x) {
    Shape shape = x.getShape();
    return x.swapAxes(1, 2).reshape(shape.get(0), shape.get(2), shape.get(1) * shape.get(3));
  }
}
