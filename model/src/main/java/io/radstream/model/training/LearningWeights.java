package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.radstream.model.engine.TorchScript;
import io.radstream.model.explicit.GradientSums;
import io.radstream.model.explicit.Operations;
import io.radstream.model.explicit.WayBack;
import io.radstream.model.weights.Parameter;
import io.radstream.model.weights.Weights;
import io.radstream.model.weights.Weights.Copy;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.IntStream;

/** The weights that learn, and the copies of them that products read. */
final class LearningWeights {

  private final TorchScript script;
  private final PtNDArray[] weights;
  private final PtNDArray[] copies;

  /** For each copy the place of its weight. */
  private final long[] owners;

  /** For each weight and each copy the place of the weight. */
  private final IdentityHashMap<NDArray, Integer> places = new IdentityHashMap<>();

  /**
   * @param learning in the order of the gradients
   * @param copies of any weight of the network
   */
  LearningWeights(TorchScript script, List<Parameter> learning, List<Copy> copies) {
    List<String> names = learning.stream().map(Parameter::name).toList();
    List<Copy> own = copies.stream().filter(copy -> names.contains(copy.name())).toList();
    this.script = script;
    this.weights = arrays(learning.stream().map(Parameter::value).toList());
    this.copies = arrays(own.stream().map(Copy::value).toList());
    this.owners = own.stream().mapToLong(copy -> names.indexOf(copy.name())).toArray();
    for (int i = 0; i < weights.length; i++) {
      places.put(weights[i], i);
    }
    for (int i = 0; i < this.copies.length; i++) {
      places.put(this.copies[i], (int) owners[i]);
    }
  }

  private static PtNDArray[] arrays(List<NDArray> arrays) {
    arrays.forEach(array -> array.setRequiresGradient(true));
    return arrays.toArray(PtNDArray[]::new);
  }

  /**
   * Gradients of a loss in float32, a list in the engine. A weight's own and its copy's are added
   * up; what the loss does not depend on has zeros. No two share memory, as those of what is added
   * to a batch of one would.
   *
   * @return the caller's to close
   */
  IValue gradients(NDArray loss) {
    try (IValue from = IValue.from((PtNDArray) loss);
        IValue own = IValue.listFrom(weights);
        IValue read = IValue.listFrom(copies);
        IValue places = IValue.listFrom(owners);
        IValue result = script.call("differentiate", from, own, read, places)) {
      IValue[] parts = result.toIValueTuple();
      try (IValue wide = parts[1];
          IValue narrow = parts[2]) {
        // Not in the same script: its interpreter takes that for work without effect.
        copy(wide, narrow);
      }
      return parts[0];
    }
  }

  /** Whether none of a network is frozen. */
  boolean isAllOf(Weights network) {
    return network.parameters().stream().filter(weight -> weight.kind().learns()).count()
        == weights.length;
  }

  /**
   * Sums of gradients by these weights.
   *
   * @param operations whose manager keeps the sums
   * @param way is told how far the way back has come
   */
  GradientSums sums(Operations operations, WayBack way) {
    return new GradientSums(operations, List.of(weights), places, way);
  }

  /**
   * Arrays for such sums, all zeros.
   *
   * @param manager that they live as long as
   */
  List<NDArray> zeros(NDManager manager) {
    return Arrays.stream(weights)
        .map(weight -> manager.zeros(weight.getShape(), weight.getDataType()))
        .toList();
  }

  /** The same as {@link #sums} in such arrays, nobody being told. */
  GradientSums into(List<NDArray> zeros, Operations operations, boolean more) {
    return GradientSums.into(zeros, operations, List.of(weights), places, more);
  }

  /**
   * Copies of a weight.
   *
   * @param weight its place
   */
  List<NDArray> copies(int weight) {
    return IntStream.range(0, copies.length)
        .filter(copy -> owners[copy] == weight)
        .<NDArray>mapToObj(copy -> copies[copy])
        .toList();
  }

  /** Brings the copies up to date; call while nothing is recorded. */
  void changed() {
    PtNDArray[] changed =
        Arrays.stream(owners).mapToObj(owner -> weights[(int) owner]).toArray(PtNDArray[]::new);
    try (IValue to = IValue.listFrom(copies);
        IValue from = IValue.listFrom(changed)) {
      copy(to, from);
    }
  }

  private void copy(IValue to, IValue from) {
    script.call("copy", to, from).close();
  }
}
