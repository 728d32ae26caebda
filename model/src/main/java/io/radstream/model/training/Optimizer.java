package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.TorchScript;
import io.radstream.model.weights.Parameter;
import io.radstream.model.weights.Weights;
import java.util.List;
import java.util.Map;

/** How weights follow their gradients. */
sealed interface Optimizer permits Sgd, Adam {

  /**
   * @param parameters that learn, as {@link WeightGroups#inGroups} orders them
   * @param source of the state to start from
   */
  static Optimizer of(
      OptimizerConfig config,
      TorchScript script,
      List<Parameter> parameters,
      Weights.Source source) {
    return switch (config.kind()) {
      case SGD -> new Sgd(config, script, parameters, source);
      case ADAM -> new Adam(config, script, parameters, source);
    };
  }

  /**
   * Moves the weights.
   *
   * @param norm of the gradients
   */
  void descend(Gradients gradients, LearningRates rates, double norm);

  /** By name, to be saved. */
  Map<String, NDArray> state();
}
