package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import io.radstream.model.layers.Linear;
import java.util.List;

/**
 * A linear layer on two things that lie beside each other, taken apart: where one of them is the
 * same for many rows, its share is computed once. [x, p]·Wᵀ + b = x·W₁ᵀ + (p·W₂ᵀ + b).
 */
final class Halves {

  private final Layers layers;
  private final Linear whole;
  private final NDArray left;
  private final NDArray right;
  private NDArray leftGradient;
  private NDArray rightGradient;

  private Halves(Layers layers, Linear whole, List<NDArray> halves) {
    this.layers = layers;
    this.whole = whole;
    this.left = halves.get(0);
    this.right = halves.get(1);
  }

  static Halves of(Layers layers, Linear whole) {
    return new Halves(layers, whole, layers.operations().chunks(whole.weight(), 2, 1));
  }

  private Operations operations() {
    return layers.operations();
  }

  /** Without the bias. */
  Passed left(NDArray x) {
    return new Passed(
        operations().product(x, left),
        dy -> {
          leftGradient = operations().productWeight(dy, x);
          return operations().productBack(dy, left);
        });
  }

  /** With the bias. */
  Passed right(NDArray x) {
    return new Passed(
        operations().product(x, right, whole.bias()),
        dy -> {
          rightGradient = operations().productWeight(dy, x);
          layers.sums().add(whole.bias(), operations().sumRows(dy));
          return operations().productBack(dy, right);
        });
  }

  /** Behind both ways back. */
  void learn() {
    layers.sums().add(whole.weight(), operations().beside(leftGradient, rightGradient));
  }
}
