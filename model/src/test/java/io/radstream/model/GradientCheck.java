package io.radstream.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Compares the engine's gradients with central differences, variable by variable, in random
 * directions and in single coordinates.
 *
 * @param variables float64 arrays that the loss depends on
 * @param loss a scalar; the manager is for what lives no longer than one call
 */
public record GradientCheck(Map<String, NDArray> variables, Function<NDManager, NDArray> loss) {

  /**
   * Largest accepted relative error. Rounding leaves about 1e-16 · loss / step ≈ 1e-10 and the
   * third derivative about step² = 1e-10.
   */
  public static final double LIMIT = 1e-6;

  private static final double STEP = 1e-5;

  /** Below it a gradient is compared as if it were of this size: it may be 0. */
  private static final double FLOOR = 1e-2;

  private static final double ZERO = 1e-9;

  /**
   * @param worst largest relative error
   * @param where the variable it was found for
   * @param flat variables that the loss does not depend on
   */
  public record Result(double worst, String where, Set<String> flat) {}

  /**
   * @param directions random directions of each variable
   * @param coordinates random single numbers of each variable
   */
  public Result run(int directions, int coordinates) {
    Map<String, double[]> gradients = gradients();
    SplittableRandom random = new SplittableRandom(17);
    Set<String> flat = new TreeSet<>();
    double worst = 0;
    String where = "";
    for (Map.Entry<String, double[]> entry : gradients.entrySet()) {
      if (norm(entry.getValue()) < ZERO) {
        flat.add(entry.getKey());
      }
      double error = 0;
      for (double[] direction :
          directions(entry.getValue().length, directions, coordinates, random)) {
        error = Math.max(error, error(variables.get(entry.getKey()), entry.getValue(), direction));
      }
      if (!(error <= worst)) {
        where = entry.getKey();
      }
      worst = Math.max(worst, error);
    }
    return new Result(worst, where, flat);
  }

  private static List<double[]> directions(
      int size, int directions, int coordinates, RandomGenerator random) {
    List<double[]> all = new ArrayList<>();
    for (int i = 0; i < directions; i++) {
      all.add(random.doubles(size, -1, 1).toArray());
    }
    for (int i = 0; i < coordinates; i++) {
      double[] direction = new double[size];
      direction[random.nextInt(size)] = 1;
      all.add(direction);
    }
    return all;
  }

  private double error(NDArray variable, double[] gradient, double[] direction) {
    double expected = dot(gradient, direction);
    double found =
        (value(variable, direction, STEP) - value(variable, direction, -STEP)) / (2 * STEP);
    double typical = norm(gradient) * norm(direction) / Math.sqrt(gradient.length);
    double size = Math.max(FLOOR, Math.max(typical, Math.abs(expected)));
    return Math.abs(found - expected) / size;
  }

  /** The loss after a step, the variable then as before. */
  private double value(NDArray variable, double[] direction, double step) {
    double[] before = variable.toDoubleArray();
    double[] moved = new double[before.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = before[i] + step * direction[i];
    }
    try (NDManager scratch = ComputeDevice.best().newManager()) {
      return TorchEngine.recording(
          false,
          () -> {
            set(variable, moved, scratch);
            double value = loss.apply(scratch).getDouble();
            set(variable, before, scratch);
            return value;
          });
    }
  }

  private static void set(NDArray variable, double[] values, NDManager scratch) {
    Shape shape = variable.getShape();
    variable.subi(variable).addi(scratch.create(values).reshape(shape));
  }

  /** Of the loss by each variable; those that earlier calls left are overwritten. */
  public Map<String, double[]> gradients() {
    Map<String, double[]> gradients = new LinkedHashMap<>();
    variables.values().forEach(variable -> variable.setRequiresGradient(true));
    try (NDManager scratch = ComputeDevice.best().newManager();
        GradientCollector collector = TorchEngine.engine().newGradientCollector()) {
      collector.backward(loss.apply(scratch));
      variables.forEach(
          (name, variable) -> {
            NDArray gradient = variable.getGradient();
            // What the loss does not mention has zeros in float32 for a gradient.
            gradients.put(name, gradient.toType(DataType.FLOAT64, true).toDoubleArray());
            // The engine adds to gradients; it never starts them anew.
            gradient.subi(gradient);
            gradient.close();
          });
    }
    return gradients;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }
}
