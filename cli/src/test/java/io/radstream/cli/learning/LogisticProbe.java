package io.radstream.cli.learning;

import java.util.List;

/**
 * A logistic regression on a frozen network's vectors, with a ridge, by Newton's method. Features
 * are of the order of one.
 */
final class LogisticProbe {

  private static final double RIDGE = 1;
  private static final int STEPS = 12;
  private static final double CLOSE = 1e-8;

  /** The bias last. */
  private final double[] weights;

  private LogisticProbe(double[] weights) {
    this.weights = weights;
  }

  /**
   * @param present one for each vector
   */
  static LogisticProbe fit(List<double[]> vectors, List<Boolean> present) {
    int size = vectors.get(0).length + 1;
    double[] weights = new double[size];
    for (int step = 0; step < STEPS; step++) {
      double[][] curvature = new double[size][size];
      double[] slope = new double[size];
      for (int i = 0; i + 1 < size; i++) {
        curvature[i][i] = RIDGE;
        slope[i] = -RIDGE * weights[i];
      }
      // The bias has next to no ridge, so that findings may be as rare as they are.
      curvature[size - 1][size - 1] = 1e-3;
      slope[size - 1] = -1e-3 * weights[size - 1];
      for (int i = 0; i < vectors.size(); i++) {
        add(vectors.get(i), present.get(i) ? 1 : 0, weights, curvature, slope);
      }
      double moved = 0;
      double[] change = solve(curvature, slope);
      for (int i = 0; i < size; i++) {
        weights[i] += change[i];
        moved += change[i] * change[i];
      }
      if (moved < CLOSE) {
        break;
      }
    }
    return new LogisticProbe(weights);
  }

  private static void add(
      double[] vector, int present, double[] weights, double[][] curvature, double[] slope) {
    double probability = probability(vector, weights);
    double spread = Math.max(probability * (1 - probability), 1e-6);
    for (int i = 0; i < weights.length; i++) {
      double at = feature(vector, i);
      slope[i] += (present - probability) * at;
      for (int j = 0; j <= i; j++) {
        curvature[i][j] += spread * at * feature(vector, j);
      }
    }
  }

  private static double feature(double[] vector, int place) {
    return place == vector.length ? 1 : vector[place];
  }

  /** By Cholesky's factors, of which the lower half of the matrix is overwritten. */
  private static double[] solve(double[][] lower, double[] right) {
    int size = right.length;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = lower[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(sum) : sum / lower[j][j];
      }
    }
    double[] solved = right.clone();
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < i; k++) {
        solved[i] -= lower[i][k] * solved[k];
      }
      solved[i] /= lower[i][i];
    }
    for (int i = size - 1; i >= 0; i--) {
      for (int k = i + 1; k < size; k++) {
        solved[i] -= lower[k][i] * solved[k];
      }
      solved[i] /= lower[i][i];
    }
    return solved;
  }

  double probability(double[] vector) {
    return probability(vector, weights);
  }

  private static double probability(double[] vector, double[] weights) {
    double sum = weights[vector.length];
    for (int i = 0; i < vector.length; i++) {
      sum += weights[i] * vector[i];
    }
    return 1 / (1 + Math.exp(-sum));
  }
}
