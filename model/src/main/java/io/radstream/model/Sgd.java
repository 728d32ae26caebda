package io.radstream.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stochastic gradient descent with momentum, as PyTorch defines it: the learning rate multiplies
 * the momentum buffer and is not folded into it, so that a changing rate acts at once.
 */
final class Sgd {

  private static final NDIndex EVERYTHING = new NDIndex("...");

  /** A weight and its momentum. */
  private record Slot(Parameter parameter, boolean radiograph, NDArray momentum) {}

  private final OptimizerConfig config;
  private final List<Slot> slots = new ArrayList<>();

  /**
   * @param parameters that learn
   * @param source of the momentum to start from
   */
  Sgd(OptimizerConfig config, List<Parameter> parameters, Weights.Source source) {
    this.config = config;
    for (Parameter parameter : parameters) {
      NDArray value = parameter.value();
      value.setRequiresGradient(true);
      NDArray momentum = source.value(parameter.name(), value.getShape(), parameter.kind());
      slots.add(new Slot(parameter, isRadiograph(parameter.name()), momentum));
    }
  }

  private static boolean isRadiograph(String name) {
    return !name.startsWith("report.")
        && !name.startsWith("bert.")
        && !name.startsWith("text_projection.");
  }

  /**
   * What the last backward passes left, weight by weight; call after them.
   *
   * @param lossScale what the loss was multiplied by
   */
  Gradients gradients(NDManager scratch, double lossScale) {
    List<NDArray> values = new ArrayList<>(slots.size());
    for (Slot slot : slots) {
      NDArray gradient = slot.parameter().value().getGradient();
      gradient.attach(scratch);
      values.add(gradient);
    }
    return new Gradients(values, lossScale, scratch);
  }

  /** Moves the weights. */
  void update(LearningRates rates, Gradients gradients, double norm) {
    double limit = config.maxGradientNorm();
    double clip = limit > 0 && norm > limit ? limit / norm : 1;
    double scale = clip / gradients.lossScale();
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      double rate = slot.radiograph() ? rates.radiograph() : rates.text();
      update(slot, gradients.values().get(i), scale, rate, gradients.scratch());
    }
  }

  private void update(Slot slot, NDArray gradient, double scale, double rate, NDManager scratch) {
    NDArray weight = slot.parameter().value();
    if (scale != 1) {
      gradient.muli(scale);
    }
    if (config.weightDecay() > 0 && slot.parameter().kind().decays()) {
      NDArray decay = weight.mul(config.weightDecay());
      decay.attach(scratch);
      gradient.addi(decay);
    }
    slot.momentum().muli(config.momentum()).addi(gradient);
    NDArray change = slot.momentum().mul(rate);
    change.attach(scratch);
    weight.subi(change);
  }

  /** Momentum by weight name, to be saved. */
  Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    slots.forEach(slot -> state.put(slot.parameter().name(), slot.momentum()));
    return state;
  }

  /** Handles on the engine's own gradients: writing to them writes to those. */
  record Gradients(List<NDArray> values, double lossScale, NDManager scratch) {

    /** Global L2 norm. */
    double norm() {
      NDArray sum = scratch.zeros(new Shape(), values.get(0).getDataType());
      for (NDArray value : values) {
        NDArray flat = value.flatten();
        sum.addi(flat.dot(flat));
      }
      return Math.sqrt(sum.toType(DataType.FLOAT64, false).getDouble()) / lossScale;
    }

    /** The engine adds to gradients; it never starts them anew. */
    void clear() {
      for (NDArray value : values) {
        value.set(EVERYTHING, 0);
      }
    }
  }
}
