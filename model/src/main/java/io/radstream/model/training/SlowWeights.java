package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.OptimizerConfig.Lookahead;
import io.radstream.model.weights.Parameter;
import io.radstream.model.weights.Parameter.Kind;
import io.radstream.model.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lookahead (Zhang et al., 2019, algorithm 1) around another optimizer. */
final class SlowWeights {

  private static final String PREFIX = "lookahead.";
  private static final String STEPS = PREFIX + "steps";

  /** The weight itself is the fast one. */
  private record Slot(String name, NDArray fast, NDArray slow) {}

  private final Lookahead config;
  private final List<Slot> slots;
  private final NDArray steps;

  /**
   * @param source of slow weights and step count to start from
   */
  SlowWeights(Lookahead config, List<Parameter> parameters, Weights.Source source) {
    this.config = config;
    this.slots =
        config.applies()
            ? parameters.stream().map(parameter -> slot(parameter, source)).toList()
            : List.of();
    this.steps = config.applies() ? source.value(STEPS, new Shape(1), Kind.BIAS) : null;
  }

  private static Slot slot(Parameter parameter, Weights.Source source) {
    String name = PREFIX + parameter.name();
    NDArray fast = parameter.value();
    return new Slot(name, fast, source.value(name, fast.getShape(), parameter.kind()));
  }

  /** Call after each step of the inner optimizer. */
  void stepped() {
    if (!config.applies()) {
      return;
    }
    steps.addi(1);
    if (count() < config.every()) {
      return;
    }
    steps.subi(config.every());
    for (Slot slot : slots) {
      slot.fast().subi(slot.slow()).muli(config.alpha()).addi(slot.slow());
      slot.fast().copyTo(slot.slow());
    }
  }

  /** Since the slow weights last moved. */
  private double count() {
    try (NDArray copy = steps.toType(DataType.FLOAT64, true)) {
      return copy.toDoubleArray()[0];
    }
  }

  /** To be saved; empty where lookahead is off. */
  Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    slots.forEach(slot -> state.put(slot.name(), slot.slow()));
    if (config.applies()) {
      state.put(STEPS, steps);
    }
    return state;
  }

  /** Slow weights that equal the fast ones, no step taken; momentum elsewhere. */
  static Weights.Source from(List<Parameter> parameters, ai.djl.ndarray.NDManager manager) {
    Map<String, NDArray> values = new LinkedHashMap<>();
    parameters.forEach(parameter -> values.put(PREFIX + parameter.name(), parameter.value()));
    DataType type =
        parameters.isEmpty() ? DataType.FLOAT32 : parameters.get(0).value().getDataType();
    return (name, shape, kind) ->
        values.containsKey(name) ? values.get(name).duplicate() : manager.zeros(shape, type);
  }
}
