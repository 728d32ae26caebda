package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;

/** Gradients of the weights that learn, added up over what uses them and over parts of a batch. */
public final class GradientSums {

  private final Operations operations;
  private final IdentityHashMap<NDArray, Integer> places;
  private final List<NDArray> weights;
  private final NDArray[] sums;

  /**
   * @param operations whose manager keeps the sums
   * @param weights that learn, in the order of the gradients
   * @param places of these weights, and of copies of them that products read
   */
  public GradientSums(
      Operations operations, List<NDArray> weights, IdentityHashMap<NDArray, Integer> places) {
    this.operations = operations;
    this.weights = weights;
    this.places = places;
    this.sums = new NDArray[weights.size()];
  }

  /** Whether a weight, or what a copy is of, learns. */
  boolean want(NDArray weight) {
    return places.containsKey(weight);
  }

  /**
   * @param weight nothing is added where it does not learn
   * @param gradient as many numbers as of the weight; taken over
   */
  void add(NDArray weight, NDArray gradient) {
    Integer place = places.get(weight);
    if (place == null) {
      return;
    }
    NDArray shaped = gradient.reshape(weights.get(place).getShape());
    if (sums[place] == null) {
      shaped.attach(manager());
      sums[place] = shaped;
    } else {
      operations.addTo(sums[place], shaped);
    }
  }

  private NDManager manager() {
    return operations.manager();
  }

  /**
   * The sums, a list in the engine; zeros where nothing was added.
   *
   * @return the caller's to close
   */
  public IValue list() {
    for (int i = 0; i < sums.length; i++) {
      if (sums[i] == null) {
        sums[i] = manager().zeros(weights.get(i).getShape(), weights.get(i).getDataType());
      }
    }
    return IValue.listFrom(Arrays.copyOf(sums, sums.length, PtNDArray[].class));
  }
}
