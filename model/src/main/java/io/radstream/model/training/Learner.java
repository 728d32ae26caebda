package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.config.Compute;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.engine.TorchScript;
import io.radstream.model.explicit.Card;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.Recollection;
import io.radstream.model.weights.Parameter;
import io.radstream.model.weights.Parameter.Kind;
import io.radstream.model.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Moves the weights of a network that learn, and keeps its optimizer's state. Not thread-safe. */
public final class Learner implements AutoCloseable {

  private final NDManager manager;
  private final BatchPass pass;
  private final Departures departures;
  private final TorchScript script;
  private final LearningWeights learning;
  private final StepProgram program;
  private final Descent descent;
  private final Equipment equipment;

  /**
   * @param manager lives as long as the network
   * @param state of the optimizer to start from
   */
  public Learner(
      NDManager manager,
      BatchPass pass,
      OptimizerConfig config,
      Compute compute,
      Weights.Source state) {
    this(manager, pass, config, compute, state, Equipment.of(manager, compute.program()));
  }

  /** The same on a device with this equipment. */
  public Learner(
      NDManager manager,
      BatchPass pass,
      OptimizerConfig config,
      Compute compute,
      Weights.Source state,
      Equipment equipment) {
    this(manager, pass, config, compute, state, equipment, true);
  }

  private Learner(
      NDManager manager,
      BatchPass pass,
      OptimizerConfig config,
      Compute compute,
      Weights.Source state,
      Equipment equipment,
      boolean saved) {
    this.manager = manager;
    this.pass = pass;
    this.equipment = equipment;
    Weights weights = pass.network().weights();
    weights.statistics().hold(config.freeze()::covers);
    List<Parameter> parameters = WeightGroups.inGroups(learning(weights, config));
    this.script = TorchScript.fused(manager);
    this.learning = new LearningWeights(script, parameters, weights.copies());
    this.departures = Departures.of(parameters, pass.exchange().bucket());
    this.program = StepProgram.of(manager, pass, compute, learning, equipment);
    HostDescent host =
        new HostDescent(
            pass,
            learning,
            Optimizer.of(config, script, parameters, state),
            new SlowWeights(config.lookahead(), parameters, state),
            new LossScale(compute.precision(), state));
    this.descent = equipment.card().flatMap(card -> onCard(card, host, config)).orElse(host);
    if (saved) {
      pass.goals()
          .recollections()
          .forEach(kept -> kept.recall((name, shape) -> state.value(name, shape, Kind.BIAS)));
    }
  }

  private Optional<Descent> onCard(Card card, HostDescent host, OptimizerConfig config) {
    return host.sgdAlone()
        .flatMap(sgd -> CardDescent.of(card, script, manager, config, sgd, learning));
  }

  /** With an optimizer at rest: no step taken yet. */
  public static Learner atRest(
      NDManager manager, BatchPass pass, OptimizerConfig config, Compute compute) {
    return atRest(manager, pass, config, compute, Equipment.of(manager, compute.program()));
  }

  /** The same on a device with this equipment. */
  public static Learner atRest(
      NDManager manager,
      BatchPass pass,
      OptimizerConfig config,
      Compute compute,
      Equipment equipment) {
    Weights.Source atRest = SlowWeights.from(learning(pass.network().weights(), config), manager);
    return new Learner(manager, pass, config, compute, atRest, equipment, false);
  }

  private static List<Parameter> learning(Weights weights, OptimizerConfig config) {
    return weights.parameters().stream()
        .filter(parameter -> parameter.kind().learns())
        .filter(parameter -> !config.freeze().covers(parameter.part(), parameter.depth()))
        .toList();
  }

  /**
   * Begins an optimizer step. Where a gradient overflows in float16 no weight moves, and later
   * steps are taken with a smaller loss scale.
   *
   * @param seed of everything random inside the step (dropout)
   */
  public StepUnderWay begin(
      StudyBatch batch, LearningRates rates, long seed, StepObserver observer) {
    try (NDManager scratch = TorchEngine.scratch(manager);
        Gradients gradients =
            new Gradients(
                learning, script, scratch, descent.lossScale(), pass.division(), departures)) {
      PendingLosses losses = program.backward(scratch, batch, seed, gradients, observer);
      gradients.addUp(pass.exchange());
      StepUnderWay step = descent.begin(scratch, losses, gradients, rates);
      observer.done(StepObserver.Phase.UPDATE);
      return step;
    } finally {
      pass.network().weights().statistics().forget();
      pass.goals().recollections().forEach(Recollection::forget);
    }
  }

  /**
   * How gradients are found, whatever was wanted, and how weights are moved if not by the engine's
   * operations; bits depend on it.
   */
  public String program() {
    return descent.name().map(name -> program.name() + " " + name).orElse(program.name());
  }

  /** What has no way back that is spelt out; empty where all has. */
  public Optional<String> withoutExplicit() {
    return StepProgram.missing(pass);
  }

  /** Of the optimizer, by name, to be saved. */
  public Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>(descent.state());
    pass.goals().recollections().forEach(kept -> state.putAll(kept.state()));
    return state;
  }

  /** Gives back what it has of the device beside arrays; before these are given back. */
  @Override
  public void close() {
    try {
      program.close();
    } finally {
      equipment.close();
    }
  }
}
