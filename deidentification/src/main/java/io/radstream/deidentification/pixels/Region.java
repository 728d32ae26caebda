package io.radstream.deidentification.pixels;

/**
 * A rectangle of a picture, in pixels from the top left.
 *
 * @param width at least 1
 * @param height at least 1
 */
public record Region(int x, int y, int width, int height) {

  int right() {
    return x + width;
  }

  int bottom() {
    return y + height;
  }

  int centreY() {
    return y + height / 2;
  }

  /** The smallest that holds both. */
  Region with(Region other) {
    int left = Math.min(x, other.x);
    int top = Math.min(y, other.y);
    return new Region(
        left,
        top,
        Math.max(right(), other.right()) - left,
        Math.max(bottom(), other.bottom()) - top);
  }

  /** With rows and columns exchanged. */
  Region transposed() {
    return new Region(y, x, height, width);
  }

  /** The same place in a picture so many times as large, and a little more around it. */
  Region scaled(double factor, int margin) {
    int left = (int) Math.floor(x * factor) - margin;
    int top = (int) Math.floor(y * factor) - margin;
    return new Region(
        left,
        top,
        (int) Math.ceil(right() * factor) + margin - left,
        (int) Math.ceil(bottom() * factor) + margin - top);
  }
}
