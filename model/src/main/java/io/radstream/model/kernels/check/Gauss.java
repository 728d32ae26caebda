package io.radstream.model.kernels.check;

/** The standard normal distribution, of which Java knows nothing. */
final class Gauss {

  private static final int STEPS = 1_000;
  private static final double FAR = 12;

  private Gauss() {}

  /**
   * Its cumulated density, by Simpson's rule, good to 1e-10: slow, and plain enough to be believed.
   */
  static double cumulated(double x) {
    if (Double.isNaN(x) || Math.abs(x) > FAR) {
      return Double.isNaN(x) ? x : x > 0 ? 1 : 0;
    }
    double step = x / STEPS;
    double sum = density(0) + density(x);
    for (int i = 1; i < STEPS; i++) {
      sum += (i % 2 == 0 ? 2 : 4) * density(i * step);
    }
    return 0.5 + sum * step / 3;
  }

  private static double density(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }
}
