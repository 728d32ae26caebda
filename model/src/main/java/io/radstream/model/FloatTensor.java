package io.radstream.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Numbers in Java's memory.
 *
 * @param values row by row
 */
record FloatTensor(Shape shape, float[] values) {

  /** Length of an axis. */
  int side(int axis) {
    return Math.toIntExact(shape.get(axis));
  }

  /**
   * In the engine's memory; what the engine makes of an array keeps a buffer of Java's for as long
   * as it lives.
   */
  NDArray in(NDManager manager) {
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
