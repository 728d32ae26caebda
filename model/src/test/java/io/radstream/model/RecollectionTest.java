package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.Compute;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.BatchInput;
import io.radstream.model.objective.Forward;
import io.radstream.model.objective.Objective;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.model.objective.Recollection;
import io.radstream.model.objective.Term;
import io.radstream.model.training.BatchPass;
import io.radstream.model.training.Division;
import io.radstream.model.training.Exchange;
import io.radstream.model.training.Goals;
import io.radstream.model.training.Learner;
import io.radstream.model.training.NonFiniteLossException;
import io.radstream.model.training.StepObserver;
import io.radstream.model.training.TrainingSnapshot;
import io.radstream.model.weights.SavedWeights;
import io.radstream.model.weights.SeededWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An objective that keeps something beside weights: how many studies it has seen. */
class RecollectionTest {

  private static final ModelConfig CONFIG = SmallNetworks.paper(0);
  private static final OptimizerConfig OPTIMIZER = new OptimizerConfig(0.9, 0, 0);
  private static final LearningRates RATES = new LearningRates(1e-3, 1e-3);

  @TempDir Path directory;

  private NDManager manager;

  /** Half the square of the studies' vectors; counts the studies. */
  private record Counting() implements Objective {

    @Override
    public String name() {
      return "counting";
    }

    @Override
    public double weight() {
      return 1;
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
      NDManager manager = network.weights().parameters().iterator().next().value().getManager();
      return new CountingTerm(manager.zeros(new Shape(1)));
    }
  }

  private static final class CountingTerm implements Term.PerStudy, Recollection {

    private final NDArray studies;
    private int noted;

    CountingTerm(NDArray studies) {
      this.studies = studies;
    }

    @Override
    public NDArray share(Forward forward, double divisor) {
      noted += forward.training() ? forward.batch().size() : 0;
      return forward.representation().study().vectors().square().mean();
    }

    @Override
    public Optional<Recollection> recollection() {
      return Optional.of(this);
    }

    @Override
    public Map<String, NDArray> state() {
      return Map.of("counting.studies", studies);
    }

    @Override
    public void recall(Saved saved) {
      try (NDArray value = saved.value("counting.studies", studies.getShape())) {
        value.copyTo(studies);
      }
    }

    @Override
    public void stepped(NDManager scratch, UnaryOperator<NDArray> gather) {
      studies.addi(gather.apply(scratch.create(new float[] {noted})).sum());
    }

    @Override
    public void forget() {
      noted = 0;
    }
  }

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void open() {
    manager = ComputeDevice.cpu().newManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private BatchPass pass() {
    RefersNetwork network =
        RefersTraining.network(CONFIG, Compute.PLAIN, manager, new SeededWeights(manager, 3));
    List<Objective> objectives = new ArrayList<>(ObjectiveList.of(CONFIG));
    objectives.add(new Counting());
    return new BatchPass(
        network, Goals.of(network, objectives), new Division(2, 1), Exchange.ALONE);
  }

  private static float studies(Learner learner) {
    return learner.state().get("counting.studies").toFloatArray()[0];
  }

  private static void step(Learner learner, StudyBatch batch) {
    learner.begin(batch, RATES, 1, StepObserver.none()).finish();
  }

  @Test
  void shouldBeBroughtForwardOnceForEachStepThatMovesWeights() {
    Learner learner = Learner.atRest(manager, pass(), OPTIMIZER, Compute.PLAIN);
    StudyBatch batch = SmallNetworks.batch(5, 1);
    float[] broken = batch.images().clone();
    broken[0] = Float.NaN;
    StudyBatch unusable = new StudyBatch(broken, batch.tokens());

    step(learner, batch);
    assertThatThrownBy(() -> step(learner, unusable)).isInstanceOf(NonFiniteLossException.class);
    step(learner, batch);

    assertThat(studies(learner)).isEqualTo(10);
  }

  @Test
  void shouldGoOnFromWhatWasSaved() throws IOException {
    BatchPass pass = pass();
    Learner learner = Learner.atRest(manager, pass, OPTIMIZER, Compute.PLAIN);
    step(learner, SmallNetworks.batch(5, 1));
    Path weights = directory.resolve("weights");
    Path state = directory.resolve("state");
    TrainingSnapshot.of(Map.of(), learner.state()).save(weights, state);

    Learner resumed =
        new Learner(manager, pass(), OPTIMIZER, Compute.PLAIN, SavedWeights.open(manager, state));
    step(resumed, SmallNetworks.batch(4, 2));

    assertThat(studies(resumed)).isEqualTo(9);
  }
}
