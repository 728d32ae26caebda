package io.radstream.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.weights.Parameter.Kind;
import io.radstream.model.weights.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Weights and inputs of a block in float64. No bias or norm has the value that hides it. */
public final class Float64Fixture implements AutoCloseable {

  private final long seed;
  private final NDManager manager = ComputeDevice.best().newManager();
  private final Weights weights = sameWeights();
  private final Map<String, NDArray> inputs = new LinkedHashMap<>();

  public Float64Fixture(long seed) {
    this.seed = seed;
  }

  public NDManager manager() {
    return manager;
  }

  /** Weights asked for here are checked by {@link #check}. */
  public Weights weights() {
    return weights;
  }

  /** Of the weights. */
  public Weights.Source source() {
    return this::weight;
  }

  /** The same values again, for another block beside the first; not checked. */
  public Weights sameWeights() {
    return new Weights(source(), new Arithmetic.Plain());
  }

  /** Normal random numbers, checked by {@link #check}. */
  public NDArray input(String name, long... sides) {
    NDArray input = random(name, new Shape(sides), 0, 1);
    inputs.put(name, input);
    return input;
  }

  /** Checks the gradient of a fixed random combination of what the function gives. */
  public GradientCheck.Result check(Function<NDManager, NDArray> function) {
    return new GradientCheck(variables(), scratch -> combined(scratch, function)).run(2, 1);
  }

  /** The function's gradient by each weight and input. */
  public Map<String, double[]> gradients(Function<NDManager, NDArray> function) {
    return new GradientCheck(variables(), scratch -> combined(scratch, function)).gradients();
  }

  /** Every weight and input. */
  Map<String, NDArray> variables() {
    Map<String, NDArray> variables = new LinkedHashMap<>(inputs);
    variables.putAll(values(weights));
    return variables;
  }

  public static Map<String, NDArray> values(Weights weights) {
    Map<String, NDArray> values = new LinkedHashMap<>();
    weights.parameters().stream()
        .filter(weight -> weight.kind().learns())
        .forEach(weight -> values.put(weight.name(), weight.value()));
    return values;
  }

  private NDArray combined(NDManager scratch, Function<NDManager, NDArray> function) {
    // Results live as long as the manager of what they are made of.
    inputs.values().forEach(input -> input.attach(scratch));
    try {
      NDArray result = function.apply(scratch);
      NDArray coefficients = random("coefficients", result.getShape(), 0, 1);
      coefficients.attach(scratch);
      return result.mul(coefficients).sum();
    } finally {
      inputs.values().forEach(input -> input.attach(manager));
    }
  }

  private NDArray weight(String name, Shape shape, Kind kind) {
    return switch (kind) {
      case MATRIX, KERNEL ->
          random(name, shape, 0, Math.sqrt((double) shape.get(0) / shape.size()));
      case SCALE -> random(name, shape, 1, 0.3);
      case EMBEDDING, POSITION, ZERO_EMBEDDING, BIAS, RUNNING_MEAN -> random(name, shape, 0, 0.3);
      case RUNNING_VARIANCE -> random(name, shape, 0, 0.3).square().add(0.5);
    };
  }

  private NDArray random(String name, Shape shape, double mean, double deviation) {
    SplittableRandom random = new SplittableRandom(31 * seed + name.hashCode());
    double[] values = new double[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = mean + deviation * random.nextGaussian();
    }
    return manager.create(values).reshape(shape);
  }

  @Override
  public void close() {
    manager.close();
  }
}
