package io.radstream.evaluation;

/** The standard normal distribution. */
final class Normal {

  /** From here on the continued fraction is the better of the two. */
  private static final double FAR = 3;

  private static final int FRACTIONS = 100;

  private Normal() {}

  /**
   * Probability of a value at least as far from 0: erfc(z/√2), to 13 digits (Abramowitz and Stegun,
   * 26.2.11 and 26.2.14).
   *
   * @param z at least 0
   */
  static double twoSided(double z) {
    double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    return z < FAR ? 1 - 2 * density * series(z) : 2 * density / fraction(z);
  }

  /** z + z³/3 + z⁵/(3·5) + … */
  private static double series(double z) {
    double term = z;
    double sum = z;
    for (int odd = 3; term > sum * Math.ulp(1.0); odd += 2) {
      term *= z * z / odd;
      sum += term;
    }
    return sum;
  }

  /** z + 1/(z + 2/(z + 3/(z + …))) */
  private static double fraction(double z) {
    double value = z;
    for (int i = FRACTIONS; i > 0; i--) {
      value = z + i / value;
    }
    return value;
  }
}
