package io.radstream.model.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.Float64Fixture;
import io.radstream.model.GradientCheck;
import io.radstream.model.SmallNetworks;
import io.radstream.model.config.Activation;
import io.radstream.model.config.ImageComparison;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.PatchPositions;
import io.radstream.model.config.ModelConfig.Radiograph;
import io.radstream.model.config.ModelConfig.Recurrence;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.network.CompanionKind;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ComparisonLossTest {

  private static final int SIDE = 4;
  private static final int STUDIES = 2;
  private static final ImageComparison SETTINGS = new ImageComparison(1, 3, 4, 0.9, 0.5);

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private static float[] pictures(long seed) {
    Random random = new Random(seed);
    float[] pictures = new float[STUDIES * 3 * SIDE * SIDE];
    for (int i = 0; i < pictures.length; i++) {
      pictures[i] = (float) random.nextGaussian();
    }
    // The last view of the first study is its first again.
    int size = SIDE * SIDE;
    System.arraycopy(pictures, 0, pictures, 2 * size, size);
    return pictures;
  }

  private static StudyBatch batch() {
    int[][] none = new int[STUDIES][0];
    return new StudyBatch(
        pictures(1),
        none,
        none,
        new float[STUDIES][0],
        Map.of(CompanionKind.SECOND_VIEW, pictures(2)));
  }

  private static RefersNetwork network(Float64Fixture fixture) {
    ModelConfig base = SmallNetworks.paper(0);
    Radiograph radiograph =
        new Radiograph(
            SIDE,
            2,
            4,
            1,
            2,
            6,
            Activation.GELU,
            PatchPositions.CONCATENATED,
            Recurrence.CONCATENATED);
    return RefersNetwork.of(
        fixture.manager(),
        new ModelConfig(
            radiograph,
            base.fusion(),
            base.report(),
            base.text(),
            base.objectives(),
            base.findings()),
        EnumSet.of(NetworkPart.RADIOGRAPH, NetworkPart.FUSION),
        fixture.source(),
        new Arithmetic.Plain());
  }

  @Test
  void shouldBeMinusTheLogarithmOfTheShareOfTheOwnKey() {
    try (NDManager manager = ComputeDevice.cpu().newManager()) {
      NDArray queries = manager.create(new double[] {1, 0, 0.6, 0.8}, new Shape(2, 2));
      NDArray own = manager.create(new double[] {0.8, 0.6, 0, 1}, new Shape(2, 2));
      NDArray others = manager.create(new double[] {0, 1, -1, 0, 0.6, -0.8}, new Shape(3, 2));

      double[] losses = ComparisonTerm.loss(queries, own, others, 0.5).toDoubleArray();

      assertThat(losses)
          .containsExactly(
              new double[] {
                -Math.log(Math.exp(1.6) / (Math.exp(1.6) + 1 + Math.exp(-2) + Math.exp(1.2))),
                -Math.log(
                    Math.exp(1.6)
                        / (Math.exp(1.6) + Math.exp(1.6) + Math.exp(-1.2) + Math.exp(-0.56)))
              },
              within(1e-12));
    }
  }

  @Test
  void shouldHaveTheGradientsOfFiniteDifferencesInEveryWeight() {
    try (Float64Fixture fixture = new Float64Fixture(3)) {
      RefersNetwork network = network(fixture);
      Term.PerStudy term = (Term.PerStudy) new ComparisonObjective(SETTINGS).on(network);
      GradientCheck check =
          new GradientCheck(
              Float64Fixture.values(network.weights()),
              scratch -> term.share(Forward.of(network, scratch, batch(), false), STUDIES));

      GradientCheck.Result result = check.run(2, 1);

      assertThat(result.worst()).as(result.where()).isLessThan(GradientCheck.LIMIT);
      assertThat(result.flat())
          .allMatch(name -> name.startsWith("view_fusion.") || name.endsWith("key.bias"));
    }
  }

  @Test
  void shouldMixPicturesAndFeatures() {
    try (NDManager scratch = ComputeDevice.cpu().newManager()) {
      NDArray pictures = scratch.arange(12f).reshape(3, 2, 2);

      float[] mixed = Mixing.fixed(3).of(pictures).toFloatArray();

      assertThat(mixed).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 6, 7, 8, 9);
    }
  }

  @Test
  void shouldDrawHowToMixByTheSeed() {
    try (NDManager manager = ComputeDevice.cpu().newManager()) {
      TorchEngine.seed(5, 0);
      Mixing first = Mixing.drawn(manager, 6);
      Mixing next = Mixing.drawn(manager, 6);
      TorchEngine.seed(5, 0);
      Mixing again = Mixing.drawn(manager, 6);

      assertThat(again.own()).isEqualTo(first.own()).isBetween(0.5, 1.0);
      assertThat(again.others()).isEqualTo(first.others());
      assertThat(first.others()).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
      assertThat(next.own()).isNotEqualTo(first.own());
    }
  }

  @Test
  void shouldKeepTheNewestKeys() {
    try (NDManager manager = ComputeDevice.cpu().newManager()) {
      KeyQueue queue = new KeyQueue(manager.zeros(new Shape(1)), 3, 1);
      assertThat(queue.keys().abs().toFloatArray()).containsOnly(1);

      queue.push(rows(manager, 10, 11));
      queue.push(rows(manager, 12, 13));

      assertThat(queue.keys().toFloatArray()).containsExactly(13, 11, 12);
      queue.push(rows(manager, 20, 21, 22, 23, 24));
      assertThat(queue.keys().toFloatArray()).containsExactlyInAnyOrder(22, 23, 24);
      KeyQueue other = new KeyQueue(manager.zeros(new Shape(1)), 3, 1);
      other.recall("", (name, shape) -> queue.state("").get(name).duplicate());
      queue.push(rows(manager, 30));
      other.push(rows(manager, 30));
      assertThat(other.keys()).isEqualTo(queue.keys());
      assertThat(queue.keys().toFloatArray()).containsExactlyInAnyOrder(23, 24, 30);
    }
  }

  private static NDArray rows(NDManager manager, float... values) {
    return manager.create(values, new Shape(values.length, 1));
  }
}
