package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.TorchScript;
import io.radstream.model.weights.Parameter;
import io.radstream.model.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stochastic gradient descent with momentum, as PyTorch defines it: the learning rate multiplies
 * the momentum buffer and is not folded into it, so that a changing rate acts at once.
 */
final class Sgd implements Optimizer {

  private final OptimizerConfig config;
  private final TorchScript script;
  private final List<WeightGroups.Group> groups;
  private final Map<String, NDArray> state = new LinkedHashMap<>();

  /**
   * @param parameters that learn, as {@link WeightGroups#inGroups} orders them
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
    this.groups = WeightGroups.of(parameters);
  }

  /** Momentum by weight name. */
  @Override
  public Map<String, NDArray> state() {
    return new LinkedHashMap<>(state);
  }

  List<WeightGroups.Group> groups() {
    return groups;
  }

  /** Of a group's weights, in their order; empty without momentum. */
  PtNDArray[] momenta(WeightGroups.Group group) {
    return config.momentum() == 0 ? new PtNDArray[0] : group.of(state);
  }

  @Override
  public void descend(Gradients gradients, LearningRates rates, double norm) {
    IValue scaled = gradients.scaled(norm, config.maxGradientNorm());
    for (WeightGroups.Group group : groups) {
      try (IValue weights = IValue.listFrom(group.weights());
          IValue first = IValue.from(group.first());
          IValue momenta = IValue.listFrom(momenta(group));
          IValue step = IValue.from(group.rate(rates));
          IValue shrink = IValue.from(group.decay(config));
          IValue keep = IValue.from(config.momentum())) {
        script.call("descend", weights, scaled, first, momenta, step, shrink, keep).close();
      }
    }
  }
}
