package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.TorchScript;
import io.radstream.model.weights.Parameter;
import io.radstream.model.weights.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stochastic gradient descent with momentum, as PyTorch defines it: the learning rate multiplies
 * the momentum buffer and is not folded into it, so that a changing rate acts at once. All weights
 * of a group are updated by one operation of the engine.
 */
final class Sgd {

  /** Weights with one learning rate and one decay. */
  private record Group(boolean text, boolean decays) {}

  /**
   * The weights of a group.
   *
   * @param first place of their gradients
   */
  private record Slots(Group group, long first, PtNDArray[] weights, PtNDArray[] momenta) {}

  private final OptimizerConfig config;
  private final TorchScript script;
  private final List<Slots> groups = new ArrayList<>();
  private final Map<String, NDArray> state = new LinkedHashMap<>();

  /**
   * @param parameters that learn, as {@link #inGroups} orders them
   * @param source of the momentum to start from
   */
  Sgd(
      OptimizerConfig config,
      TorchScript script,
      List<Parameter> parameters,
      Weights.Source source) {
    this.config = config;
    this.script = script;
    for (Parameter parameter : parameters) {
      state.put(
          parameter.name(),
          source.value(parameter.name(), parameter.value().getShape(), parameter.kind()));
    }
    int first = 0;
    for (List<Parameter> members : groups(parameters).values()) {
      groups.add(
          new Slots(
              group(members.get(0)),
              first,
              arrays(members.stream().map(Parameter::value)),
              config.momentum() == 0
                  ? new PtNDArray[0]
                  : arrays(members.stream().map(member -> state.get(member.name())))));
      first += members.size();
    }
  }

  /** Group by group, else in the order given. */
  static List<Parameter> inGroups(List<Parameter> parameters) {
    return groups(parameters).values().stream().flatMap(List::stream).toList();
  }

  private static Map<Group, List<Parameter>> groups(List<Parameter> parameters) {
    return parameters.stream()
        .collect(Collectors.groupingBy(Sgd::group, LinkedHashMap::new, Collectors.toList()));
  }

  private static Group group(Parameter parameter) {
    return new Group(parameter.part().isText(), parameter.kind().decays());
  }

  private static PtNDArray[] arrays(Stream<NDArray> arrays) {
    return arrays.toArray(PtNDArray[]::new);
  }

  /** Momentum by weight name, to be saved. */
  Map<String, NDArray> state() {
    return new LinkedHashMap<>(state);
  }

  /**
   * Moves the weights.
   *
   * @param norm of the gradients
   */
  void descend(Gradients gradients, LearningRates rates, double norm) {
    IValue scaled = gradients.scaled(norm, config.maxGradientNorm());
    for (Slots slots : groups) {
      double rate = slots.group().text() ? rates.text() : rates.radiograph();
      double decay = slots.group().decays() ? config.weightDecay() : 0;
      try (IValue weights = IValue.listFrom(slots.weights());
          IValue first = IValue.from(slots.first());
          IValue momenta = IValue.listFrom(slots.momenta());
          IValue step = IValue.from(rate);
          IValue shrink = IValue.from(decay);
          IValue keep = IValue.from(config.momentum())) {
        script.call("descend", weights, scaled, first, momenta, step, shrink, keep).close();
      }
    }
  }
}
