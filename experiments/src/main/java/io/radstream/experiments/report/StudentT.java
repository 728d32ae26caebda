package io.radstream.experiments.report;

/**
 * Student's t distribution for whole degrees of freedom: A(t|ν) as a finite sum (Abramowitz and
 * Stegun, 26.7.3 and 26.7.4).
 */
final class StudentT {

  private StudentT() {}

  /**
   * Probability of a value at least as far from 0.
   *
   * @param freedom degrees, at least 1
   */
  static double twoSided(double t, int freedom) {
    if (Double.isInfinite(t)) {
      return 0;
    }
    double angle = Math.atan(Math.abs(t) / Math.sqrt(freedom));
    double inside =
        freedom % 2 == 0
            ? Math.sin(angle) * sum(angle, freedom, 1, 1)
            : 2 / Math.PI * (angle + odd(angle, freedom));
    return Math.max(0, 1 - inside);
  }

  private static double odd(double angle, int freedom) {
    return freedom == 1 ? 0 : Math.sin(angle) * Math.cos(angle) * sum(angle, freedom, 2, 1);
  }

  /** Of terms in cos², each the last times n/(n+1), where n grows by 2. */
  private static double sum(double angle, int freedom, int first, double term) {
    double cos2 = Math.cos(angle) * Math.cos(angle);
    double sum = 0;
    double next = term;
    for (int n = first; n <= freedom - 1; n += 2) {
      sum += next;
      next *= cos2 * n / (n + 1);
    }
    return sum;
  }
}
