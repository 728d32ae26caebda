package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.radstream.model.config.Compute;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.Scaling;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.Linear;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.network.UnitVectors;
import io.radstream.model.network.ViewFusion;
import io.radstream.model.objective.BatchInput;
import io.radstream.model.objective.BatchLosses;
import io.radstream.model.objective.Evaluation;
import io.radstream.model.objective.Objective;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.model.objective.Term;
import io.radstream.model.objective.ValidationFigures;
import io.radstream.model.training.BatchPass;
import io.radstream.model.training.Division;
import io.radstream.model.training.Exchange;
import io.radstream.model.training.Goals;
import io.radstream.model.weights.SeededWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objectives that no other class knows of: one over studies, one across the batch. */
class FurtherObjectiveTest {

  private static final ModelConfig CONFIG = SmallNetworks.paper(0);
  private static final OptimizerConfig OPTIMIZER = new OptimizerConfig(0.9, 0, 0);
  private static final LearningRates RATES = new LearningRates(0.02, 0.02);
  private static final int STUDIES = 6;

  /** Has a layer of its own tell how bright the first view of a study is. */
  private record Brightness(double weight) implements Objective {

    @Override
    public String name() {
      return "brightness";
    }

    @Override
    public Set<NetworkPart> parts() {
      return Set.of();
    }

    @Override
    public Set<BatchInput> needs() {
      return Set.of();
    }

    @Override
    public double count(StudyBatch batch) {
      return batch.size();
    }

    @Override
    public Term on(RefersNetwork network) {
      int width = ViewFusion.vectorWidth(network.config().fusion(), network.radiograph().width());
      Linear head =
          network.weights().scope(NetworkPart.HEADS, "brightness").linear("dense", width, 1);
      return (Term.PerStudy)
          (forward, divisor) -> {
            NDArray truth = forward.scratch().create(brightness(forward.batch())).reshape(-1, 1, 1);
            NDArray told = head.apply(forward.representation().study().vectors());
            return Scaling.by(1 / divisor, told.sub(truth).square().sum());
          };
    }

    private static float[] brightness(StudyBatch batch) {
      int values = batch.images().length / batch.size();
      float[] mean = new float[batch.size()];
      for (int study = 0; study < mean.length; study++) {
        for (int pixel = 0; pixel < values / ViewFusion.VIEWS; pixel++) {
          mean[study] += batch.images()[study * values + pixel] * ViewFusion.VIEWS / values;
        }
      }
      return mean;
    }

    @Override
    public ValidationFigures figures() {
      return new ValidationFigures() {
        private double worst;

        @Override
        public void add(StudyBatch batch, Evaluation found) {
          worst = Math.max(worst, found.losses().of(name()).orElseThrow());
        }

        @Override
        public Map<String, Double> values() {
          return Map.of("brightness_worst", worst);
        }
      };
    }
  }

  /** Pushes the vectors of studies apart (Wang and Isola, 2020, uniformity). */
  private record Uniformity(double weight) implements Objective, Term.AcrossBatch {

    @Override
    public String name() {
      return "uniformity";
    }

    @Override
    public Set<NetworkPart> parts() {
      return Set.of();
    }

    @Override
    public Set<BatchInput> needs() {
      return Set.of();
    }

    @Override
    public double count(StudyBatch batch) {
      return batch.size();
    }

    @Override
    public Term on(RefersNetwork network) {
      return this;
    }

    @Override
    public NDList vectors(io.radstream.model.objective.Forward forward) {
      return new NDList(forward.representation().study().vectors());
    }

    @Override
    public NDArray loss(NDList vectors) {
      NDArray unit = UnitVectors.of(vectors.get(0)).squeeze(1);
      return Scaling.by(4, unit.matMul(unit.transpose())).exp().mean().log();
    }
  }

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private static List<Objective> objectives() {
    List<Objective> objectives = new ArrayList<>(ObjectiveList.of(CONFIG));
    objectives.add(new Brightness(0.5));
    objectives.add(new Uniformity(0.25));
    return objectives;
  }

  private static RefersTraining training(int microBatch) {
    NDManager manager = ComputeDevice.cpu().newManager();
    Compute compute = new Compute(Precision.FLOAT32, microBatch);
    RefersNetwork network =
        RefersTraining.network(CONFIG, compute, manager, new SeededWeights(manager, 3));
    Goals goals = Goals.of(network, objectives());
    return RefersTraining.start(
        new BatchPass(network, goals, new Division(microBatch, 1), Exchange.ALONE),
        OPTIMIZER,
        compute,
        manager);
  }

  private static StudyBatch batch() {
    return SmallNetworks.batch(STUDIES, 1);
  }

  @Test
  void shouldListLossesInTheOrderOfTheObjectives() {
    try (RefersTraining training = training(0)) {
      BatchLosses losses = training.step(batch(), RATES, 0).losses();

      assertThat(losses.byObjective().keySet())
          .containsExactly("contrastive", "language", "brightness", "uniformity");
      assertThat(losses.total())
          .isCloseTo(
              loss(losses, "contrastive")
                  + loss(losses, "language")
                  + 0.5 * loss(losses, "brightness")
                  + 0.25 * loss(losses, "uniformity"),
              within(1e-9));
    }
  }

  private static double loss(BatchLosses losses, String name) {
    return losses.of(name).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4})
  void shouldLearnByThem(int microBatch) {
    try (RefersTraining training = training(microBatch)) {
      BatchLosses first = training.step(batch(), RATES, 0).losses();

      for (int step = 1; step < 60; step++) {
        training.step(batch(), RATES, step);
      }

      BatchLosses last = training.evaluate(batch()).losses();
      assertThat(loss(last, "brightness")).isLessThan(loss(first, "brightness") / 2);
      assertThat(loss(last, "uniformity")).isLessThan(loss(first, "uniformity"));
    }
  }

  @Test
  void shouldTakeTheSameStepInPartsAsWhole() {
    try (RefersTraining whole = training(0);
        RefersTraining parts = training(4)) {
      BatchLosses expected = whole.step(batch(), RATES, 0).losses();

      BatchLosses actual = parts.step(batch(), RATES, 0).losses();

      expected
          .byObjective()
          .forEach((name, loss) -> assertThat(loss(actual, name)).isCloseTo(loss, within(1e-4)));
      assertThat(parts.evaluate(batch()).loss())
          .isCloseTo(whole.evaluate(batch()).loss(), within(1e-4));
    }
  }

  @Test
  void shouldGatherTheirFigures() {
    try (RefersTraining training = training(0)) {
      ValidationFigures figures = training.objectives().get(2).figures();
      Evaluation found = training.evaluate(batch());

      figures.add(batch(), found);

      assertThat(figures.values())
          .containsEntry("brightness_worst", loss(found.losses(), "brightness"));
    }
  }
}
