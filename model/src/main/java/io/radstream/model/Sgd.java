package io.radstream.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stochastic gradient descent with momentum, as PyTorch defines it: the learning rate multiplies
 * the momentum buffer and is not folded into it, so that a changing rate acts at once. All weights
 * of a group are updated by one operation of the engine.
 */
final class Sgd {

  /** Weights with one learning rate and one decay. */
  private record Group(boolean radiograph, boolean decays) {}

  /** A weight and its momentum. */
  private record Slot(Parameter parameter, NDArray momentum) {}

  private final OptimizerConfig config;
  private final NDManager manager;
  private final TorchScript script;
  private final Map<Group, List<Slot>> groups = new LinkedHashMap<>();

  /** Where the engine adds the gradients up; known from the first backward pass on. */
  private final Map<Group, PtNDArray[]> gradients = new LinkedHashMap<>();

  /**
   * @param manager lives as long as the weights
   * @param parameters that learn
   * @param source of the momentum to start from
   */
  Sgd(
      OptimizerConfig config,
      NDManager manager,
      List<Parameter> parameters,
      Weights.Source source) {
    this.config = config;
    this.manager = manager;
    this.script = TorchScript.fused(manager);
    for (Parameter parameter : parameters) {
      NDArray value = parameter.value();
      value.setRequiresGradient(true);
      NDArray momentum = source.value(parameter.name(), value.getShape(), parameter.kind());
      groups
          .computeIfAbsent(group(parameter), first -> new ArrayList<>())
          .add(new Slot(parameter, momentum));
    }
  }

  private static Group group(Parameter parameter) {
    String name = parameter.name();
    boolean text =
        name.startsWith("report.")
            || name.startsWith("bert.")
            || name.startsWith("text_projection.");
    return new Group(!text, parameter.kind().decays());
  }

  /**
   * What the last backward passes left; call after them.
   *
   * @param lossScale what the loss was multiplied by
   */
  Gradients gradients(NDManager scratch, double lossScale) {
    if (gradients.isEmpty()) {
      groups.forEach((group, slots) -> gradients.put(group, gradients(slots)));
    }
    return new Gradients(scratch, lossScale);
  }

  private PtNDArray[] gradients(List<Slot> slots) {
    return slots.stream()
        .map(
            slot -> {
              NDArray gradient = slot.parameter().value().getGradient();
              gradient.attach(manager);
              return (PtNDArray) gradient;
            })
        .toArray(PtNDArray[]::new);
  }

  /** Momentum by weight name, to be saved. */
  Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    groups
        .values()
        .forEach(
            slots -> slots.forEach(slot -> state.put(slot.parameter().name(), slot.momentum())));
    return state;
  }

  /** The gradients of a step: the engine's own, which it adds to and never starts anew. */
  final class Gradients {

    private final NDManager scratch;
    private final double lossScale;

    private Gradients(NDManager scratch, double lossScale) {
      this.scratch = scratch;
      this.lossScale = lossScale;
    }

    /** Global L2 norm. */
    double norm() {
      PtNDArray[] all =
          gradients.values().stream().flatMap(Arrays::stream).toArray(PtNDArray[]::new);
      NDArray norm = script.run("norm", scratch, IValue.listFrom(all));
      return norm.toType(DataType.FLOAT64, false).getDouble() / lossScale;
    }

    /** Moves the weights. */
    void descend(LearningRates rates, double norm) {
      double limit = config.maxGradientNorm();
      double clip = limit > 0 && norm > limit ? limit / norm : 1;
      double scale = clip / lossScale;
      groups.forEach((group, slots) -> descend(rates, group, slots, scale));
    }

    private void descend(LearningRates rates, Group group, List<Slot> slots, double scale) {
      PtNDArray[] own = gradients.get(group);
      if (scale != 1) {
        script.run("scale", scratch, IValue.listFrom(own), IValue.from(scale));
      }
      double rate = group.radiograph() ? rates.radiograph() : rates.text();
      double decay = group.decays() ? config.weightDecay() : 0;
      if (config.momentum() == 0) {
        script.run(
            "descend_without_momentum",
            scratch,
            IValue.listFrom(values(slots)),
            IValue.listFrom(own),
            IValue.from(rate),
            IValue.from(decay));
        return;
      }
      script.run(
          "descend",
          scratch,
          IValue.listFrom(values(slots)),
          IValue.listFrom(own),
          IValue.listFrom(momenta(slots)),
          IValue.from(rate),
          IValue.from(decay),
          IValue.from(config.momentum()));
    }

    private PtNDArray[] values(List<Slot> slots) {
      return slots.stream()
          .map(slot -> (PtNDArray) slot.parameter().value())
          .toArray(PtNDArray[]::new);
    }

    private PtNDArray[] momenta(List<Slot> slots) {
      return slots.stream().map(slot -> (PtNDArray) slot.momentum()).toArray(PtNDArray[]::new);
    }

    /** The engine would add the next step's to them. */
    void clear() {
      gradients.values().forEach(own -> script.run("clear", scratch, IValue.listFrom(own)));
    }
  }
}
