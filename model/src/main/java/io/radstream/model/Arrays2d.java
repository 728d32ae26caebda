package io.radstream.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Between Java's arrays and the device's. */
final class Arrays2d {

  private Arrays2d() {}

  /** (studies × 3) × side × side. */
  static NDArray images(NDManager manager, float[] images, int studies, int side) {
    Shape shape = new Shape((long) studies * ViewFusion.VIEWS, side, side);
    if (images.length != shape.size()) {
      throw new IllegalArgumentException(
          "%d values do not make %d studies of %d views of %d×%d"
              .formatted(images.length, studies, ViewFusion.VIEWS, side, side));
    }
    // A direct buffer is handed over as it is; a heap array would be copied value by value.
    ByteBuffer direct =
        ByteBuffer.allocateDirect(images.length * Float.BYTES).order(ByteOrder.nativeOrder());
    direct.asFloatBuffer().put(images);
    return manager.create(direct, shape, ai.djl.ndarray.types.DataType.FLOAT32);
  }

  /** rows × columns. */
  static float[][] rows(NDArray matrix) {
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
