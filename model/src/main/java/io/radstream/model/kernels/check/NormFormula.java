package io.radstream.model.kernels.check;

import java.util.Arrays;

/**
 * Layer normalisation of a sum, in float64, row by row (Ba et al., Layer normalization, 2016,
 * equation 4).
 *
 * @param z what is normalised, as it is kept
 * @param mean of each row
 * @param inverse 1 / sigma of each row
 */
record NormFormula(int width, double[] z, double[] mean, double[] inverse, double[] gamma) {

  static NormFormula of(int width, double[] z, double[] gamma, double epsilon) {
    double[] mean = new double[z.length / width];
    double[] inverse = new double[z.length / width];
    for (int row = 0; row < mean.length; row++) {
      double[] of = Arrays.copyOfRange(z, row * width, (row + 1) * width);
      double middle = Arrays.stream(of).sum() / width;
      double squares = Arrays.stream(of).map(v -> (v - middle) * (v - middle)).sum();
      mean[row] = middle;
      inverse[row] = 1 / Math.sqrt(squares / width + epsilon);
    }
    return new NormFormula(width, z, mean, inverse, gamma);
  }

  double normed(int i) {
    return (z[i] - mean[i / width]) * inverse[i / width];
  }

  /**
   * @param dy gradient of what came out
   * @param more gradient that comes to z from elsewhere
   * @return gradient of z
   */
  double[] back(double[] dy, double[] more) {
    double[] dz = new double[z.length];
    for (int row = 0; row < mean.length; row++) {
      double sum = 0;
      double along = 0;
      for (int i = row * width; i < (row + 1) * width; i++) {
        sum += dy[i] * gamma[i % width] / width;
        along += dy[i] * gamma[i % width] * normed(i) / width;
      }
      for (int i = row * width; i < (row + 1) * width; i++) {
        dz[i] = (dy[i] * gamma[i % width] - sum - normed(i) * along) * inverse[row] + more[i];
      }
    }
    return dz;
  }
}
