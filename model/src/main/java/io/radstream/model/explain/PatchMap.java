package io.radstream.model.explain;

/**
 * A value for each patch of one view.
 *
 * @param grid patches on each side
 * @param values grid × grid, row by row from the top left, 0 to 1
 */
@SuppressWarnings("ArrayRecordComponent") // written out once, never compared
public record PatchMap(int grid, float[] values) {

  /**
   * @throws IllegalArgumentException where there are not grid × grid values
   */
  public PatchMap {
    if (values.length != grid * grid) {
      throw new IllegalArgumentException(
          "%d values do not make %d×%d patches".formatted(values.length, grid, grid));
    }
  }

  /**
   * The map as a picture of any size, bilinear between the middles of patches.
   *
   * @param side in pixels
   * @return side × side, row by row
   */
  public float[] over(int side) {
    float[] result = new float[side * side];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        result[y * side + x] = at((x + 0.5) / side, (y + 0.5) / side);
      }
    }
    return result;
  }

  /**
   * The value at a place, bilinear between the middles of patches.
   *
   * @param x 0 to 1, from the left
   * @param y 0 to 1, from the top
   */
  public float at(double x, double y) {
    double column = Math.max(0, Math.min(grid - 1.0, x * grid - 0.5));
    double row = Math.max(0, Math.min(grid - 1.0, y * grid - 0.5));
    int left = (int) column;
    int top = (int) row;
    double upper = mix(top, left, column - left);
    double lower = mix(Math.min(top + 1, grid - 1), left, column - left);
    return (float) (upper + (lower - upper) * (row - top));
  }

  private double mix(int row, int left, double share) {
    float first = values[row * grid + left];
    float second = values[row * grid + Math.min(left + 1, grid - 1)];
    return first + (second - first) * share;
  }
}
