package io.radstream.model.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.layers.BatchNorm;
import io.radstream.model.layers.Convolution;
import io.radstream.model.layers.LayerNorm;
import io.radstream.model.layers.Linear;
import io.radstream.model.layers.RunningMoments;
import io.radstream.model.weights.Parameter.Kind;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every weight of a network, by name, in the order in which the blocks ask for them. */
public final class Weights {

  /** Gives the value of a weight that a block asks for. */
  @FunctionalInterface
  public interface Source {
    /**
     * @throws UncheckedIOException where there is none of that name and shape, or it cannot be read
     */
    NDArray value(String name, Shape shape, Kind kind);

    /**
     * The same, for a source that treats parts of a network differently.
     *
     * @throws UncheckedIOException as above
     */
    default NDArray value(NetworkPart part, String name, Shape shape, Kind kind) {
      return value(name, shape, kind);
    }
  }

  private final Source source;
  private final Arithmetic arithmetic;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final List<Copy> copies = new ArrayList<>();
  private final RunningStatistics statistics = new RunningStatistics();

  /**
   * What products read in place of a weight.
   *
   * @param name of the weight
   * @param value in the type of the products; to be made anew when the weight changes
   */
  public record Copy(String name, NDArray value) {}

  public Weights(Source source, Arithmetic arithmetic) {
    this.source = source;
    this.arithmetic = arithmetic;
  }

  /**
   * Those of another network, multiplied with in the same way. Products read the weights
   * themselves, so that they may change at any time.
   */
  public Weights beside(Source other) {
    return new Weights(other, arithmetic.withoutCopies());
  }

  /** Weights of a part, behind its blocks if it has any. */
  public Scope scope(NetworkPart part, String name) {
    return new Scope(part, name, Parameter.BEHIND);
  }

  public Collection<Parameter> parameters() {
    return parameters.values();
  }

  /** Of the batch normalisations; empty where there are none. */
  public RunningStatistics statistics() {
    return statistics;
  }

  /** Empty where products read the weights themselves. */
  public List<Copy> copies() {
    return List.copyOf(copies);
  }

  private NDArray read(NDArray weight) {
    NDArray read = arithmetic.weight(weight);
    if (read != weight) {
      copies.add(new Copy(weight.getName(), read));
    }
    return read;
  }

  private NDArray take(Scope scope, String name, Kind kind, long... sides) {
    NDArray value = source.value(scope.part, name, new Shape(sides), kind);
    value.setName(name);
    if (parameters.put(name, new Parameter(name, value, kind, scope.part, scope.depth)) != null) {
      throw new IllegalStateException("two weights are named " + name);
    }
    return value;
  }

  /** A prefix of weight names, and the place in the network that they stand for. */
  public final class Scope {

    private final NetworkPart part;
    private final String prefix;
    private final int depth;

    private Scope(NetworkPart part, String prefix, int depth) {
      this.part = part;
      this.prefix = prefix;
      this.depth = depth;
    }

    public Scope child(Object name) {
      return new Scope(part, prefix + "." + name, depth);
    }

    /** In front of the blocks. */
    public Scope embeddings() {
      return new Scope(part, prefix, Parameter.EMBEDDED);
    }

    /**
     * A block of those of this name.
     *
     * @param index from 0 on
     */
    public Scope block(String name, int index) {
      return new Scope(part, prefix + "." + name + "." + index, index + 1);
    }

    /**
     * A block that has a number of its own in the name.
     *
     * @param index in the name
     * @param place among all blocks, from 0 on
     */
    public Scope block(String name, int index, int place) {
      return new Scope(part, prefix + "." + name + "." + index, place + 1);
    }

    /** Weight outputs × inputs × side × side; what is beyond the border is 0. */
    public Convolution convolution(
        String name, int inputs, int outputs, int side, int stride, int padding) {
      NDArray kernel = child(name).weight("weight", Kind.KERNEL, outputs, inputs, side, side);
      return new Convolution(read(kernel), stride, padding, arithmetic);
    }

    /** Weight outputs × inputs, and bias. */
    public Linear linear(String name, int inputs, int outputs) {
      Scope layer = child(name);
      return linear(
          layer.weight("weight", Kind.MATRIX, outputs, inputs),
          layer.weight("bias", Kind.BIAS, outputs));
    }

    /** Of weights that have names or shapes of their own. */
    public Linear linear(NDArray weight, NDArray bias) {
      return new Linear(read(weight), read(bias), arithmetic);
    }

    public LayerNorm norm(String name, int width, double epsilon) {
      Scope layer = child(name);
      return new LayerNorm(
          layer.weight("weight", Kind.SCALE, width),
          layer.weight("bias", Kind.BIAS, width),
          epsilon);
    }

    /** With the names that PyTorch has for them. */
    public BatchNorm batchNorm(String name, int channels) {
      Scope layer = child(name);
      RunningMoments running =
          new RunningMoments(
              layer.weight("running_mean", Kind.RUNNING_MEAN, channels),
              layer.weight("running_var", Kind.RUNNING_VARIANCE, channels));
      statistics.add(part, depth, running);
      return new BatchNorm(
          layer.weight("weight", Kind.SCALE, channels),
          layer.weight("bias", Kind.BIAS, channels),
          running);
    }

    public NDArray weight(String name, Kind kind, long... sides) {
      return take(this, prefix + "." + name, kind, sides);
    }
  }
}
