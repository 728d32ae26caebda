package io.radstream.producers.phantom;

/**
 * Shapes with soft edges, made of arithmetic that IEEE 754 fixes to the last bit: a phantom must
 * not depend on a platform's exponential function.
 */
final class Softly {

  private Softly() {}

  /** 0 up to {@code from}, 1 from {@code to} on, smooth between. */
  static double step(double from, double to, double value) {
    double t = Math.max(0, Math.min(1, (value - from) / (to - from)));
    return t * t * (3 - 2 * t);
  }

  static double mix(double from, double to, double share) {
    return from + (to - from) * share;
  }

  /** 1 in the middle, 0 from a distance of 1 on. */
  static double bump(double squaredDistance) {
    double rest = Math.max(0, 1 - squaredDistance);
    return rest * rest;
  }

  /** 1 on a line, 0 from {@code halfWidth} on, with a flat top. */
  static double band(double distance, double halfWidth) {
    return 1 - step(0.55 * halfWidth, halfWidth, Math.abs(distance));
  }

  /** Squared distance from an ellipse's middle, 1 on its rim. */
  static double ellipse(double dx, double dy, double radiusX, double radiusY) {
    double x = dx / radiusX;
    double y = dy / radiusY;
    return x * x + y * y;
  }

  static double square(double value) {
    return value * value;
  }

  /** The fourth root. */
  static double root4(double value) {
    return Math.sqrt(Math.sqrt(value));
  }
}
