package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.TorchScript;
import io.radstream.model.weights.Parameter;
import io.radstream.model.weights.Parameter.Kind;
import io.radstream.model.weights.Weights;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adam (Kingma and Ba, 2015, algorithm 1) as PyTorch's {@code torch.optim.Adam} has it: both means
 * corrected for their beginning at zero, and weight decay added to the gradient.
 */
final class Adam implements Optimizer {

  /** β₂ of the paper. */
  private static final double SQUARE_DECAY = 0.999;

  /** ε of the paper. */
  private static final double EPSILON = 1e-8;

  private static final String PREFIX = "adam.";
  private static final String MEAN = PREFIX + "mean.";
  private static final String SQUARE = PREFIX + "square.";
  private static final String STEPS = PREFIX + "steps";

  private final OptimizerConfig config;
  private final TorchScript script;
  private final List<WeightGroups.Group> groups;
  private final Map<String, NDArray> means = new LinkedHashMap<>();
  private final Map<String, NDArray> squares = new LinkedHashMap<>();

  /** Taken so far; the engine reads it for each weight. */
  private final PtNDArray steps;

  /**
   * @param parameters that learn, as {@link WeightGroups#inGroups} orders them
   * @param source of means, mean squares and number of steps to start from
   */
  Adam(
      OptimizerConfig config,
      TorchScript script,
      List<Parameter> parameters,
      Weights.Source source) {
    this.config = config;
    this.script = script;
    for (Parameter parameter : parameters) {
      String name = parameter.name();
      Shape shape = parameter.value().getShape();
      means.put(name, source.value(MEAN + name, shape, parameter.kind()));
      squares.put(name, source.value(SQUARE + name, shape, parameter.kind()));
    }
    this.steps = (PtNDArray) source.value(STEPS, new Shape(1), Kind.BIAS);
    this.groups = WeightGroups.of(parameters);
  }

  /** Means, mean squares and the number of steps: no other optimizer takes them for its own. */
  @Override
  public Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    means.forEach((name, mean) -> state.put(MEAN + name, mean));
    squares.forEach((name, square) -> state.put(SQUARE + name, square));
    state.put(STEPS, steps);
    return state;
  }

  @Override
  public void descend(Gradients gradients, LearningRates rates, double norm) {
    IValue scaled = gradients.scaled(norm, config.maxGradientNorm());
    steps.addi(1);
    for (WeightGroups.Group group : groups) {
      PtNDArray[] counts =
          Collections.nCopies(group.weights().length, steps).toArray(PtNDArray[]::new);
      try (IValue weights = IValue.listFrom(group.weights());
          IValue first = IValue.from(group.first());
          IValue mean = IValue.listFrom(group.of(means));
          IValue square = IValue.listFrom(group.of(squares));
          IValue taken = IValue.listFrom(counts);
          IValue step = IValue.from(group.rate(rates));
          IValue shrink = IValue.from(group.decay(config));
          IValue keep = IValue.from(config.momentum());
          IValue keepSquare = IValue.from(SQUARE_DECAY);
          IValue epsilon = IValue.from(EPSILON)) {
        script
            .call(
                "adapt",
                weights,
                scaled,
                first,
                mean,
                square,
                taken,
                step,
                shrink,
                keep,
                keepSquare,
                epsilon)
            .close();
      }
    }
  }
}
