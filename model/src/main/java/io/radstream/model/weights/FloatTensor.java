package io.radstream.model.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * Numbers in Java's memory.
 *
 * @param values row by row
 */
public record FloatTensor(Shape shape, float[] values) {

  /** Length of an axis. */
  public int side(int axis) {
    return Math.toIntExact(shape.get(axis));
  }

  /** One of so many equal parts along the first axis; the whole where that cannot be divided so. */
  public FloatTensor slice(int slice, int slices) {
    if (slices == 1 || shape.dimension() == 0 || side(0) % slices != 0) {
      return this;
    }
    long[] sides = shape.getShape().clone();
    sides[0] /= slices;
    int length = values.length / slices;
    return new FloatTensor(
        new Shape(sides), Arrays.copyOfRange(values, slice * length, (slice + 1) * length));
  }

  /**
   * In the engine's memory; what the engine makes of an array keeps a buffer of Java's for as long
   * as it lives.
   */
  public NDArray in(NDManager manager) {
    try (NDArray buffered = manager.create(values, shape)) {
      return buffered.duplicate();
    }
  }

  boolean isFinite() {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
