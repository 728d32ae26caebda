package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.Precision;
import io.radstream.model.weights.Parameter.Kind;
import io.radstream.model.weights.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the loss is multiplied by in float16, so that small gradients do not vanish (Micikevicius et
 * al., 2018, section 3.2): halved, and the step skipped, where a gradient overflows; doubled after
 * many steps without. In other numbers it is 1 for good.
 */
final class LossScale {

  private static final double FIRST = 65_536;
  private static final double SMALLEST = 1;
  private static final int PATIENCE = 2_000;
  private static final String NAME = "loss_scale";

  private final boolean dynamic;

  /** Scale, and steps since it last changed. */
  private final NDArray state;

  /**
   * @param source of the state to start from; zeros for a new run
   */
  LossScale(Precision precision, Weights.Source source) {
    this.dynamic = precision == Precision.FLOAT16;
    this.state = dynamic ? source.value(NAME, new Shape(2), Kind.BIAS) : null;
    if (dynamic && value() == 0) {
      set(FIRST, 0);
    }
  }

  double value() {
    return dynamic ? state.toFloatArray()[0] : 1;
  }

  /** A step went well. */
  void keep() {
    if (!dynamic) {
      return;
    }
    int steps = (int) state.toFloatArray()[1] + 1;
    boolean grow = steps == PATIENCE;
    set(grow ? value() * 2 : value(), grow ? 0 : steps);
  }

  /** A gradient overflowed; false where a smaller scale cannot help. */
  boolean shrink() {
    if (!dynamic || value() <= SMALLEST) {
      return false;
    }
    set(value() / 2, 0);
    return true;
  }

  private void set(double scale, int steps) {
    state.set(new float[] {(float) scale, steps});
  }

  /** To be saved; empty but in float16. */
  Map<String, NDArray> state() {
    Map<String, NDArray> saved = new LinkedHashMap<>();
    if (dynamic) {
      saved.put(NAME, state);
    }
    return saved;
  }
}
