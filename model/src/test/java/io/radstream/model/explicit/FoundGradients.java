package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import io.radstream.model.Float64Fixture;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.ScriptedArithmetic;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.Objective;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.model.weights.Weights;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What the explicit way finds of a small batch, by kernels or without. */
record FoundGradients(double loss, Map<String, float[]> byWeight) {

  /**
   * How it is found.
   *
   * @param learns which weights, by name
   * @param draws seed and step
   */
  record Way(
      ModelConfig config,
      Precision precision,
      Optional<Card> card,
      boolean roundedUp,
      Predicate<String> learns,
      long... draws) {

    Way(
        ModelConfig config,
        Precision precision,
        Optional<Card> card,
        boolean roundedUp,
        long... draws) {
      this(config, precision, card, roundedUp, any -> true, draws);
    }

    /** Where others are frozen. */
    Way where(Predicate<String> learning) {
      return new Way(config, precision, card, roundedUp, learning, draws);
    }

    /** With weights that are the same each time. */
    FoundGradients find() {
      return find(1);
    }

    /** The batch again and again, gradients added up. */
    FoundGradients find(int passes) {
      return moved(new FoundGradients(0, Map.of()), 0, passes);
    }

    /** Loss and gradients where the weights have gone along others. */
    FoundGradients moved(FoundGradients along, double by) {
      return moved(along, by, 1);
    }

    private FoundGradients moved(FoundGradients along, double by, int passes) {
      try (Float64Fixture fixture = new Float64Fixture(3)) {
        NDManager manager = fixture.manager();
        Weights.Source source =
            (name, shape, kind) -> {
              NDArray value = fixture.source().value(name, shape, kind);
              NDArray weight = value.toType(DataType.FLOAT32, true);
              if (along.byWeight.containsKey(name)) {
                weight.addi(manager.create(along.byWeight.get(name), shape).mul(by));
              }
              return weight;
            };
        ExplicitNetwork network = network(manager, source);
        return TorchEngine.recording(false, () -> found(manager, network, passes));
      }
    }

    ExplicitNetwork network(NDManager manager, Weights.Source source) {
      RefersNetwork network =
          RefersNetwork.of(
              manager,
              config,
              ObjectiveList.parts(config),
              source,
              ScriptedArithmetic.of(manager, precision));
      return ExplicitNetwork.of(network, card, manager, precision);
    }

    private FoundGradients found(NDManager manager, ExplicitNetwork network, int passes) {
      Weights all = network.network().weights();
      Map<String, NDArray> weights = Float64Fixture.values(all);
      weights.keySet().removeIf(name -> !learns.test(name));
      List<String> names = List.copyOf(weights.keySet());
      IdentityHashMap<NDArray, Integer> places = new IdentityHashMap<>();
      weights.forEach((name, weight) -> places.put(weight, names.indexOf(name)));
      all.copies().stream()
          .filter(copy -> learns.test(copy.name()))
          .forEach(copy -> places.put(copy.value(), names.indexOf(copy.name())));
      Operations operations = ExplicitScript.of(manager, precision).in(manager);
      GradientSums sums =
          new GradientSums(operations, List.copyOf(weights.values()), places, WayBack.UNTOLD);
      double loss = 0;
      for (int i = 0; i < passes; i++) {
        loss += learn(network, operations, sums);
      }
      return new FoundGradients(loss, arrays(manager, names, sums));
    }

    private double learn(ExplicitNetwork network, Operations operations, GradientSums sums) {
      StudyBatch batch =
          new StudyBatch(
              ExplicitNetworkTest.images(true),
              ExplicitNetworkTest.UNEVEN,
              ExplicitNetworkTest.UNEVEN,
              ExplicitNetworkTest.LABELS);
      List<Objective> objectives = ObjectiveList.of(config);
      Arrival arrival = network.send(operations, objectives, batch, roundedUp, draws);
      ExplicitForward forward = network.forward(operations, arrival, sums);
      double loss = 0;
      for (Objective objective : objectives) {
        NDArray share = ExplicitNetworkTest.loss(operations, forward, batch, objective);
        loss += objective.weight() * share.getFloat();
      }
      forward.back();
      return loss;
    }

    private static Map<String, float[]> arrays(
        NDManager manager, List<String> names, GradientSums sums) {
      Map<String, float[]> gradients = new LinkedHashMap<>();
      try (IValue list = sums.list()) {
        NDList all = list.toNDList((PtNDManager) manager);
        IntStream.range(0, names.size())
            .forEach(i -> gradients.put(names.get(i), all.get(i).toFloatArray()));
      }
      return gradients;
    }
  }

  /** Of all gradients together. */
  double size() {
    return Math.sqrt(byWeight.values().stream().mapToDouble(FoundGradients::squares).sum());
  }

  static double squares(float... values) {
    return IntStream.range(0, values.length).mapToDouble(i -> (double) values[i] * values[i]).sum();
  }

  /** Between the gradients of one weight. */
  double distance(FoundGradients other, String weight) {
    float[] a = byWeight.get(weight);
    float[] b = other.byWeight.get(weight);
    float[] difference = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return Math.sqrt(squares(difference));
  }

  /** The same of all weights, as a share of the others' size. */
  double error(FoundGradients other) {
    double sum =
        byWeight.keySet().stream().mapToDouble(name -> Math.pow(distance(other, name), 2)).sum();
    return Math.sqrt(sum) / other.size();
  }
}
