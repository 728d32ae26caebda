package io.radstream.model;

import ai.djl.ndarray.NDArray;
import io.radstream.model.layers.Linear;

/** Layers in plain Java, to compare with. */
public final class ByHand {

  private ByHand() {}

  public static double[] linear(Linear layer, double[] x) {
    double[][] weight = rows(layer.weight());
    double[] result = layer.bias().toDoubleArray();
    for (int i = 0; i < result.length; i++) {
      for (int j = 0; j < x.length; j++) {
        result[i] += weight[i][j] * x[j];
      }
    }
    return result;
  }

  public static double[] softmax(double[] x) {
    double[] result = new double[x.length];
    double sum = 0;
    for (double value : x) {
      sum += Math.exp(value);
    }
    for (int i = 0; i < x.length; i++) {
      result[i] = Math.exp(x[i]) / sum;
    }
    return result;
  }

  /** All but the last axis flattened. */
  public static double[][] rows(NDArray x) {
    int width = (int) x.getShape().get(x.getShape().dimension() - 1);
    double[] flat = x.toDoubleArray();
    double[][] rows = new double[flat.length / width][width];
    for (int i = 0; i < flat.length; i++) {
      rows[i / width][i % width] = flat[i];
    }
    return rows;
  }

  public static double[] concat(double[]... parts) {
    int length = 0;
    for (double[] part : parts) {
      length += part.length;
    }
    double[] result = new double[length];
    int at = 0;
    for (double[] part : parts) {
      System.arraycopy(part, 0, result, at, part.length);
      at += part.length;
    }
    return result;
  }
}
