package io.radstream.producers.phantom;

import java.util.Optional;

/**
 * The smallest rectangle around a finding, in parts of the view's side, from the top left.
 *
 * @param left 0 at the left edge of the picture, 1 at the right one
 * @param top 0 at the upper edge of the picture, 1 at the lower one
 */
public record PhantomPlace(double left, double top, double width, double height) {

  /** Of the largest difference that there is; less is not seen. */
  private static final double VISIBLE = 0.2;

  /**
   * @param size pixels on each side
   * @return empty where nothing of it is in the picture
   */
  static Optional<PhantomPlace> between(Scene whole, Scene without, Exposure exposure, int size) {
    double[] differences = new double[size * size];
    double most = 0;
    for (int i = 0; i < differences.length; i++) {
      int row = i / size;
      double x = (i % size + 0.5) / size;
      double y = (row + 0.5) / size;
      double atX = exposure.patientX(x, y);
      double atY = exposure.patientY(x, y);
      differences[i] = Math.abs(whole.density(atX, atY) - without.density(atX, atY));
      most = Math.max(most, differences[i]);
    }
    return most == 0 ? Optional.empty() : Optional.of(around(differences, VISIBLE * most, size));
  }

  private static PhantomPlace around(double[] differences, double least, int size) {
    int left = size;
    int top = size;
    int right = 0;
    int bottom = 0;
    for (int i = 0; i < differences.length; i++) {
      if (differences[i] >= least) {
        left = Math.min(left, i % size);
        right = Math.max(right, i % size + 1);
        top = Math.min(top, i / size);
        bottom = Math.max(bottom, i / size + 1);
      }
    }
    return new PhantomPlace(
        (double) left / size,
        (double) top / size,
        (double) (right - left) / size,
        (double) (bottom - top) / size);
  }
}
