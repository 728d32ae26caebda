package io.radstream.trainer.augment;

import java.util.random.RandomGenerator;

/**
 * A cubic Bézier curve from (0, 0) to (1, 1), or from (0, 1) to (1, 0), whose two inner points are
 * anywhere in the square: with these it is monotone, and so a function of brightness (Zhou et al.,
 * 2021, section 3.2).
 *
 * @param values of the function at equal distances from 0 to 1
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record MonotoneCurve(double[] values) {

  private static final int STEPS = 256;

  /** Rising or falling, one as likely as the other. */
  static MonotoneCurve draw(RandomGenerator random) {
    boolean rising = random.nextBoolean();
    double x1 = random.nextDouble();
    double y1 = random.nextDouble();
    double x2 = random.nextDouble();
    double y2 = random.nextDouble();
    double[] values = new double[STEPS + 1];
    for (int i = 0; i <= STEPS; i++) {
      double y = cubic(y1, y2, inverse(x1, x2, (double) i / STEPS));
      values[i] = rising ? y : 1 - y;
    }
    return new MonotoneCurve(values);
  }

  /** A coordinate of the curve at t, of the ends 0 and 1. */
  private static double cubic(double first, double second, double t) {
    double back = 1 - t;
    return 3 * back * back * t * first + 3 * back * t * t * second + t * t * t;
  }

  /** The t at which the curve has this x, by halving: x rises with t. */
  private static double inverse(double x1, double x2, double x) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < 30; i++) {
      double middle = (low + high) / 2;
      if (cubic(x1, x2, middle) < x) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /**
   * @param x 0 to 1
   */
  double at(double x) {
    double place = Math.min(1, Math.max(0, x)) * STEPS;
    int below = Math.min(STEPS - 1, (int) place);
    double part = place - below;
    return values[below] * (1 - part) + values[below + 1] * part;
  }
}
