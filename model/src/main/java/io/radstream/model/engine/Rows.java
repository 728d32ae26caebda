package io.radstream.model.engine;

import ai.djl.ndarray.NDArray;

/** A matrix on the device as Java's arrays. */
public final class Rows {

  private Rows() {}

  /** rows × columns. */
  public static float[][] of(NDArray matrix) {
    int rows = (int) matrix.getShape().get(0);
    int columns = (int) matrix.getShape().get(1);
    float[] flat = matrix.toFloatArray();
    float[][] result = new float[rows][columns];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(flat, row * columns, result[row], 0, columns);
    }
    return result;
  }
}
