package io.radstream.model;

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

  boolean isFinite() {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
