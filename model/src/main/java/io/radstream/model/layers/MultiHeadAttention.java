package io.radstream.model.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** Scaled dot-product attention in several heads (Vaswani et al., 2017, section 3.2). */
public record MultiHeadAttention(Linear query, Linear key, Linear value, Linear output, int heads) {

  /**
   * What is attended to, ready for it.
   *
   * @param keys batch × heads × memory tokens × head width
   * @param values as keys
   */
  public record Memory(NDArray keys, NDArray values) {

    /** With further tokens behind. */
    public Memory with(Memory later) {
      return new Memory(keys.concat(later.keys, 2), values.concat(later.values, 2));
    }
  }

  /**
   * @param x batch × tokens × width: what asks
   * @param memory batch × memory tokens × memory width: what is attended to
   * @param mask added to the scores, broadcast to batch × heads × tokens × memory tokens; 0 where
   *     attention is allowed, a large negative number where not; null for no mask
   * @return batch × tokens × width
   */
  public NDArray apply(NDArray x, NDArray memory, NDArray mask) {
    return query.arithmetic().attention(this, x, memory, mask);
  }

  public NDArray apply(NDArray x, Memory memory, NDArray mask) {
    NDArray attended =
        query.arithmetic().attend(split(query.apply(x)), memory.keys(), memory.values(), mask);
    return output.apply(join(attended));
  }

  public Memory memory(NDArray x) {
    return new Memory(split(key.apply(x)), split(value.apply(x)));
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
