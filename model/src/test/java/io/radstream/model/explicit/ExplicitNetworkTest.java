package io.radstream.model.explicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import io.radstream.model.Float64Fixture;
import io.radstream.model.GradientCheck;
import io.radstream.model.config.Activation;
import io.radstream.model.config.ImageComparison;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.Decoder;
import io.radstream.model.config.ModelConfig.Encoder;
import io.radstream.model.config.ModelConfig.Fusion;
import io.radstream.model.config.ModelConfig.FusionKind;
import io.radstream.model.config.ModelConfig.PatchPositions;
import io.radstream.model.config.ModelConfig.Radiograph;
import io.radstream.model.config.ModelConfig.Recurrence;
import io.radstream.model.config.ModelConfig.TokenPositions;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.Objectives.LanguageMean;
import io.radstream.model.config.Restoration;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.HostMemory;
import io.radstream.model.engine.ScalarType;
import io.radstream.model.engine.Scaling;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.network.DistinctViews;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.RefersNetwork.Representation;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.network.TokenBatch;
import io.radstream.model.network.ViewFusion;
import io.radstream.model.objective.ContrastiveObjective;
import io.radstream.model.objective.Forward;
import io.radstream.model.objective.LanguageObjective;
import io.radstream.model.objective.Objective;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.model.objective.Term;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** In float64 the spelt-out way back finds the gradients that the engine records. */
class ExplicitNetworkTest {

  static final int SIDE = 4;
  private static final double EXACT = 1e-9;
  static final int[][] UNEVEN = {{1, 5, 2}, {1, 3, 3, 6, 2}, {1, 4, 6, 2}};
  private static final int[][] EVEN = {{1, 5, 6, 2}, {1, 3, 3, 2}, {1, 4, 6, 2}};
  static final float[][] LABELS = {{1, Float.NaN}, {0, 1}, {Float.NaN, 0}};
  static final int STUDIES = UNEVEN.length;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  static List<Arguments> cases() {
    Objectives paper = new Objectives(1, 1, 1, 0.5, 1, LanguageMean.REPORT);
    Objectives released = new Objectives(0.7, 0.3, 1.5, 0.5, 0.75, LanguageMean.TOKEN);
    Objectives pairs =
        new Objectives(
            1,
            1,
            0.5,
            0.5,
            1,
            LanguageMean.REPORT,
            Restoration.NONE,
            ImageComparison.OFF,
            Objectives.Contrast.SIGMOID,
            -2);
    return List.of(
        Arguments.of("paper", paper(FusionKind.SOFTMAX, paper), UNEVEN, true),
        Arguments.of("paper, all views distinct", paper(FusionKind.SOFTMAX, paper), UNEVEN, false),
        Arguments.of("paper, even reports", paper(FusionKind.SOFTMAX, released), EVEN, true),
        Arguments.of("released", released(FusionKind.SIGMOID, released), UNEVEN, true),
        Arguments.of("released, even reports", released(FusionKind.SIGMOID, paper), EVEN, false),
        Arguments.of("without fusion", paper(FusionKind.NONE, released), UNEVEN, true),
        Arguments.of("pair by pair", paper(FusionKind.NONE, pairs), UNEVEN, true),
        Arguments.of(
            "without recurrence",
            config(
                Activation.GELU,
                PatchPositions.CONCATENATED,
                Recurrence.NONE,
                FusionKind.SOFTMAX,
                TokenPositions.LEARNED,
                paper),
            UNEVEN,
            true));
  }

  private static ModelConfig paper(FusionKind fusion, Objectives objectives) {
    return config(
        Activation.RELU,
        PatchPositions.CONCATENATED,
        Recurrence.CONCATENATED,
        fusion,
        TokenPositions.SINUSOIDAL,
        objectives);
  }

  private static ModelConfig released(FusionKind fusion, Objectives objectives) {
    return config(
        Activation.GELU,
        PatchPositions.ADDED,
        Recurrence.ADDED,
        fusion,
        TokenPositions.LEARNED,
        objectives);
  }

  private static ModelConfig config(
      Activation activation,
      PatchPositions positions,
      Recurrence recurrence,
      FusionKind fusion,
      TokenPositions places,
      Objectives objectives) {
    return config(activation, positions, recurrence, fusion, places, objectives, 0);
  }

  private static ModelConfig config(
      Activation activation,
      PatchPositions positions,
      Recurrence recurrence,
      FusionKind fusion,
      TokenPositions places,
      Objectives objectives,
      double dropout) {
    return new ModelConfig(
        new Radiograph(SIDE, 2, 4, 2, 2, 6, activation, positions, recurrence),
        new Fusion(fusion, 5),
        new Decoder(7, 4, 2, 2, 6, 6, dropout, activation, places),
        new Encoder(8, 4, 2, 2, 6, 6, dropout),
        objectives,
        List.of("Edema", "Effusion"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void shouldFindTheGradientsThatTheEngineRecords(
      String name, ModelConfig config, int[][] tokens, boolean repeated) {
    StudyBatch batch = new StudyBatch(images(repeated), tokens, tokens, LABELS);
    try (Float64Fixture fixture = new Float64Fixture(3)) {
      RefersNetwork network = network(fixture, config);
      Map<String, NDArray> weights = Float64Fixture.values(network.weights());
      Map<String, double[]> expected =
          new GradientCheck(weights, scratch -> recorded(network, batch, scratch)).gradients();

      Map<String, double[]> found =
          TorchEngine.recording(false, () -> explicit(network, batch, weights, false));

      expected.forEach(
          (weight, gradient) ->
              assertThat(found.get(weight)).as(weight).containsExactly(gradient, within(EXACT)));
      try (NDManager scratch = fixture.manager().newSubManager()) {
        double loss = recorded(network, batch, scratch).getDouble();
        assertThat(found.get("loss")[0]).isCloseTo(loss, within(EXACT));
      }
    }
  }

  /** Pictures and rows that are filled up with change nothing. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void shouldFindTheSameWhereSizesAreRoundedUp(
      String name, ModelConfig config, int[][] tokens, boolean repeated) {
    StudyBatch batch = new StudyBatch(images(repeated), tokens, tokens, LABELS);
    try (Float64Fixture fixture = new Float64Fixture(3)) {
      RefersNetwork network = network(fixture, config);
      Map<String, NDArray> weights = Float64Fixture.values(network.weights());
      Map<String, double[]> expected =
          TorchEngine.recording(false, () -> explicit(network, batch, weights, false));

      Map<String, double[]> found =
          TorchEngine.recording(false, () -> explicit(network, batch, weights, true));

      expected.forEach(
          (weight, gradient) ->
              assertThat(found.get(weight)).as(weight).containsExactly(gradient, within(EXACT)));
    }
  }

  /** Who reads reports cut at different lengths has places for no more. */
  @ParameterizedTest
  @CsvSource({"6, 12", "12, 6"})
  void shouldFillUpWithNoMoreTokensThanAReaderHasPlacesFor(int written, int read) {
    ModelConfig paper =
        paper(FusionKind.SOFTMAX, new Objectives(1, 1, 1, 0.5, 1, LanguageMean.REPORT));
    ModelConfig config =
        new ModelConfig(
            paper.radiograph(),
            paper.fusion(),
            new Decoder(7, 4, 2, 2, 6, written, 0, Activation.RELU, TokenPositions.LEARNED),
            new Encoder(8, 4, 2, 2, 6, read, 0),
            paper.objectives(),
            paper.findings());
    StudyBatch batch = new StudyBatch(images(true), UNEVEN, UNEVEN, LABELS);
    try (Float64Fixture fixture = new Float64Fixture(3)) {
      RefersNetwork network = network(fixture, config);
      Map<String, NDArray> weights = Float64Fixture.values(network.weights());

      Map<String, double[]> found =
          TorchEngine.recording(false, () -> explicit(network, batch, weights, true));

      double expected =
          TorchEngine.recording(false, () -> explicit(network, batch, weights, false))
              .get("loss")[0];
      assertThat(found.get("loss")[0]).isCloseTo(expected, within(EXACT));
    }
  }

  /** The engine looks at names, and at numbers and types of arguments, when a script is loaded. */
  @ParameterizedTest
  @EnumSource(ExplicitScript.Attention.class)
  void shouldAskForOperationsThatTheEngineHas(ExplicitScript.Attention attention) {
    try (NDManager manager = ComputeDevice.cpu().newManager()) {
      assertThatCode(
              () -> ExplicitScript.of(manager, ScalarType.BFLOAT16, ScalarType.FLOAT32, attention))
          .doesNotThrowAnyException();
    }
  }

  /** What is dropped follows from the seed, so that it is the same in each pass. */
  @Test
  void shouldFindTheGradientsOfFiniteDifferencesWhereFeaturesAreDropped() {
    ModelConfig config =
        config(
            Activation.RELU,
            PatchPositions.CONCATENATED,
            Recurrence.CONCATENATED,
            FusionKind.SOFTMAX,
            TokenPositions.SINUSOIDAL,
            new Objectives(1, 1, 1, 0.5, 0.5, LanguageMean.REPORT),
            0.3);
    StudyBatch batch = new StudyBatch(images(true), UNEVEN, UNEVEN, LABELS);
    try (Float64Fixture fixture = new Float64Fixture(3)) {
      RefersNetwork network = network(fixture, config);
      Map<String, NDArray> weights = Float64Fixture.values(network.weights());
      Map<String, double[]> found =
          TorchEngine.recording(false, () -> explicit(network, batch, weights, false));
      SplittableRandom random = new SplittableRandom(1);

      weights.forEach(
          (name, weight) -> {
            double[] direction = random.doubles(weight.size(), -1, 1).toArray();
            double expected =
                TorchEngine.recording(
                    false, () -> slope(network, batch, weights, weight, direction));
            assertThat(dot(found.get(name), direction)).as(name).isCloseTo(expected, within(1e-6));
          });
    }
  }

  private static double slope(
      RefersNetwork network,
      StudyBatch batch,
      Map<String, NDArray> weights,
      NDArray weight,
      double[] direction) {
    double step = 1e-5;
    double[] losses = new double[2];
    for (int side = 0; side < 2; side++) {
      double by = side == 0 ? step : -step;
      move(weight, direction, by);
      losses[side] = explicit(network, batch, weights, false).get("loss")[0];
      move(weight, direction, -by);
    }
    return (losses[0] - losses[1]) / (2 * step);
  }

  private static void move(NDArray weight, double[] direction, double by) {
    try (NDArray along = weight.getManager().create(direction).reshape(weight.getShape())) {
      weight.addi(along.mul(by));
    }
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  private static RefersNetwork network(Float64Fixture fixture, ModelConfig config) {
    return RefersNetwork.of(
        fixture.manager(),
        config,
        ObjectiveList.parts(config),
        fixture.source(),
        new Arithmetic.Plain());
  }

  /** Gradients, and under "loss" what was minimised. */
  private static Map<String, double[]> explicit(
      RefersNetwork network, StudyBatch batch, Map<String, NDArray> weights, boolean roundedUp) {
    Map<String, double[]> found = new LinkedHashMap<>();
    NDManager manager = weights.values().iterator().next().getManager();
    IdentityHashMap<NDArray, Integer> places = new IdentityHashMap<>();
    weights.values().forEach(weight -> places.put(weight, places.size()));
    TorchEngine.seed(5, 0);
    try (NDManager scratch = manager.newSubManager()) {
      Operations operations =
          ExplicitScript.of(
                  scratch, ScalarType.FLOAT64, ScalarType.FLOAT64, ExplicitScript.Attention.PARTS)
              .in(scratch);
      GradientSums sums =
          new GradientSums(operations, List.copyOf(weights.values()), places, WayBack.UNTOLD);
      ExplicitNetwork explicit = new ExplicitNetwork(network);
      List<Objective> objectives = ObjectiveList.of(network.config());
      Arrival arrival = explicit.send(operations, objectives, batch, roundedUp, 5, 0);
      ExplicitForward forward = explicit.forward(operations, arrival, sums);
      double loss = 0;
      for (Objective objective : objectives) {
        loss += objective.weight() * loss(operations, forward, batch, objective).getDouble();
      }
      forward.back();
      found.put("loss", new double[] {loss});
      try (IValue list = sums.list()) {
        NDList gradients = list.toNDList((PtNDManager) scratch);
        List<String> names = List.copyOf(weights.keySet());
        IntStream.range(0, names.size())
            .forEach(i -> found.put(names.get(i), gradients.get(i).toDoubleArray()));
      }
    }
    return found;
  }

  static NDArray loss(
      Operations operations, ExplicitForward forward, StudyBatch batch, Objective objective) {
    if (objective instanceof ContrastiveObjective contrastive) {
      Contrast.Found found =
          new Contrast(contrastive.settings())
              .find(
                  operations,
                  forward.studies(),
                  forward.reports(),
                  scalar(forward, objective.weight() / forward.studies().getShape().get(1)));
      forward.pull(found);
      return found.loss();
    }
    double divisor = objective.count(batch) * forward.studies().getShape().get(1);
    return objective instanceof LanguageObjective
        ? forward.language(factor(forward, -1 / divisor, objective.weight()))
        : forward.labels(factor(forward, 1 / divisor, objective.weight()));
  }

  private static Factor factor(ExplicitForward forward, double loss, double weight) {
    return new Factor(scalar(forward, loss), scalar(forward, loss * weight));
  }

  private static NDArray scalar(ExplicitForward forward, double value) {
    NDArray studies = forward.studies();
    return studies.getManager().create(value).toType(studies.getDataType(), false);
  }

  private static NDArray recorded(RefersNetwork network, StudyBatch batch, NDManager scratch) {
    DistinctViews views =
        DistinctViews.of(scratch, new HostMemory(scratch), batch.images(), STUDIES, SIDE);
    // As the network does it, but for the type.
    NDArray images = views.images().toType(DataType.FLOAT64, false);
    ViewFusion.Study study =
        network.fusion().apply(network.radiograph().apply(images).at(views.places()));
    TokenBatch texts =
        TokenBatch.of(scratch, batch.encoderTokens(), network.config().text().maxTokens());
    Representation representation =
        new Representation(study, network.text().map(text -> text.apply(texts, false)));
    Forward forward = Forward.of(scratch, batch, representation, false);
    return ObjectiveList.of(network.config()).stream()
        .map(objective -> recorded(objective, objective.on(network), forward))
        .reduce(NDArray::add)
        .orElseThrow();
  }

  private static NDArray recorded(Objective objective, Term term, Forward forward) {
    NDArray loss =
        term instanceof Term.AcrossBatch across
            ? across.loss(across.vectors(forward))
            : ((Term.PerStudy) term).share(forward, objective.count(forward.batch()));
    return Scaling.by(objective.weight(), loss);
  }

  /**
   * @param repeated whether the last view of the first study is its first again
   */
  static float[] images(boolean repeated) {
    int size = SIDE * SIDE;
    float[] images = new float[STUDIES * ViewFusion.VIEWS * size];
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    if (repeated) {
      System.arraycopy(images, 0, images, 2 * size, size);
    }
    return images;
  }
}
