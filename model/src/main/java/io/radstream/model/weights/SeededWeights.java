package io.radstream.model.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.weights.Parameter.Kind;
import java.util.SplittableRandom;

/**
 * First weights, a pure function of seed, name and shape: the same on every device, whatever other
 * weights there are.
 */
public record SeededWeights(NDManager manager, long seed) implements Weights.Source {

  @Override
  public NDArray value(String name, Shape shape, Kind kind) {
    float[] values = new float[Math.toIntExact(shape.size())];
    SplittableRandom random = new SplittableRandom(seed * 31 + name.hashCode());
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) first(kind, shape, random);
    }
    return new FloatTensor(shape, values).in(manager);
  }

  private static double first(Kind kind, Shape shape, SplittableRandom random) {
    return switch (kind) {
      case MATRIX -> glorot(shape) * (2 * random.nextDouble() - 1);
      case EMBEDDING -> random.nextGaussian() / Math.sqrt(width(shape));
      case POSITION -> random.nextGaussian();
      case KERNEL -> random.nextGaussian() * Math.sqrt(2 / given(shape));
      case ZERO_EMBEDDING, BIAS, RUNNING_MEAN -> 0;
      case SCALE, RUNNING_VARIANCE -> 1;
    };
  }

  private static double width(Shape shape) {
    return shape.get(shape.dimension() - 1);
  }

  /** Outputs that one input of a kernel (outputs × inputs × height × width) has a part in. */
  private static double given(Shape shape) {
    return (double) shape.size() / shape.get(1);
  }

  private static double glorot(Shape shape) {
    long outputs = shape.get(0);
    long inputs = shape.size() / outputs;
    return Math.sqrt(6.0 / (inputs + outputs));
  }
}
