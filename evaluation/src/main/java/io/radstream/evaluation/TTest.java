package io.radstream.evaluation;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Whether the means of a figure over repeats differ (Student, Biometrika 6, 1908).
 *
 * @param difference of the means, the first less the second
 * @param t that difference, in its standard errors
 * @param freedom degrees of freedom
 * @param pValue two-sided
 */
public record TTest(double difference, double t, int freedom, double pValue) {

  /**
   * Of two independent samples with a common variance: what section 3 of the REFERS paper compares
   * the mean AUCs of repeats by. Repeats that share a seed or a draw of labels are not independent;
   * then {@link #paired}.
   *
   * @return empty where there are fewer than three values in all or either sample has none, or
   *     where nothing varies
   */
  public static Optional<TTest> independent(double[] first, double[] second) {
    int freedom = first.length + second.length - 2;
    if (first.length == 0 || second.length == 0 || freedom < 1) {
      return Optional.empty();
    }
    double variance = (squares(first) + squares(second)) / freedom;
    return of(
        mean(first) - mean(second),
        Math.sqrt(variance * (1.0 / first.length + 1.0 / second.length)),
        freedom);
  }

  /**
   * Of pairs: the first value of each with the first of the other, and so on.
   *
   * @return empty where there are fewer than two pairs, or their differences do not vary
   * @throws IllegalArgumentException where there are not as many of each
   */
  public static Optional<TTest> paired(double[] first, double[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "%d and %d values are no pairs".formatted(first.length, second.length));
    }
    int pairs = first.length;
    if (pairs < 2) {
      return Optional.empty();
    }
    double[] differences =
        IntStream.range(0, pairs).mapToDouble(i -> first[i] - second[i]).toArray();
    double variance = squares(differences) / (pairs - 1);
    return of(mean(differences), Math.sqrt(variance / pairs), pairs - 1);
  }

  private static Optional<TTest> of(double difference, double standardError, int freedom) {
    if (!(standardError > 0)) {
      return Optional.empty();
    }
    double t = difference / standardError;
    return Optional.of(new TTest(difference, t, freedom, twoSided(Math.abs(t), freedom)));
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double squares(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum;
  }

  /**
   * Probability of a value of Student's distribution at least as far from 0, by its finite series
   * for whole degrees of freedom (Abramowitz and Stegun, 26.7.3 and 26.7.4); exact to 15 digits
   * behind the point.
   */
  private static double twoSided(double t, int freedom) {
    double angle = Math.atan(t / Math.sqrt(freedom));
    double cosine = Math.cos(angle);
    boolean odd = freedom % 2 == 1;
    double term = odd ? cosine : 1;
    double sum = freedom == 1 ? 0 : term;
    for (int k = odd ? 3 : 2; k < freedom; k += 2) {
      term *= cosine * cosine * (k - 1) / k;
      sum += term;
    }
    double within = odd ? 2 / Math.PI * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
    return Math.max(0, 1 - within);
  }
}
