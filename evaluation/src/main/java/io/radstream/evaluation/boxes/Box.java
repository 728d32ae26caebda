package io.radstream.evaluation.boxes;

/**
 * A rectangle in a picture, in parts of its width and height, from the top left.
 *
 * @param left 0 at the left edge of the picture, 1 at the right one
 * @param top 0 at the upper edge of the picture, 1 at the lower one
 * @param width above 0
 * @param height above 0
 */
public record Box(double left, double top, double width, double height) {

  /**
   * @throws IllegalArgumentException where it has no area, or a side is no number
   */
  public Box {
    if (!(width > 0 && height > 0)
        || !Double.isFinite(left + width)
        || !Double.isFinite(top + height)) {
      throw new IllegalArgumentException("a box needs a width and a height above 0");
    }
  }

  public double area() {
    return width * height;
  }

  /** Whether a place is inside. */
  public boolean holds(double x, double y) {
    return x >= left && x <= left + width && y >= top && y <= top + height;
  }

  /** Intersection over union, 0 to 1. */
  public double overlap(Box other) {
    double across = Math.min(left + width, other.left + other.width) - Math.max(left, other.left);
    double down = Math.min(top + height, other.top + other.height) - Math.max(top, other.top);
    double shared = Math.max(0, across) * Math.max(0, down);
    return shared / (area() + other.area() - shared);
  }
}
