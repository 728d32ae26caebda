package io.radstream.model.explicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.Float64Fixture;
import io.radstream.model.config.Activation;
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
import io.radstream.model.config.Precision;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.explicit.FoundGradients.Way;
import io.radstream.model.kernels.HostDevice;
import io.radstream.model.kernels.check.Philox;
import io.radstream.model.layers.Dropout;
import io.radstream.model.layers.LayerNorm;
import io.radstream.model.weights.Weights;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What lies between products by kernels, whose very text a processor runs. */
class CardedNetworkTest {

  private static final int WIDTH = 8;
  private static final double DROPPED = 0.3;
  private static final int THRESHOLD = 19_661;
  private static final long SEED = 0x1234_5678_9abc_def1L;
  private static final int STEP = 3;

  @TempDir private static Path directory;

  private static HostDevice device;
  private static Card card;

  /** Two tests look at it. */
  private static FoundGradients dropped;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
    device = HostDevice.in(directory);
    card = new Card(device, () -> 0);
  }

  @BeforeEach
  void requireCompiler() {
    assumeTrue(
        HostDevice.isHere(), "kernels run on the host where there is a g++ (Debian: package g++)");
  }

  @AfterAll
  static void unload() {
    device.close();
  }

  static List<Arguments> cases() {
    return List.of(
        Arguments.of("paper", paper(FusionKind.SOFTMAX, WIDTH, 0)),
        Arguments.of("released", released(FusionKind.SIGMOID)),
        Arguments.of("released, with the paper's fusion", released(FusionKind.SOFTMAX)));
  }

  private static ModelConfig paper(FusionKind fusion, int width, double dropout) {
    return new ModelConfig(
        new Radiograph(
            ExplicitNetworkTest.SIDE,
            2,
            width,
            2,
            2,
            16,
            Activation.RELU,
            PatchPositions.CONCATENATED,
            Recurrence.CONCATENATED),
        new Fusion(fusion, 5),
        new Decoder(13, 16, 2, 2, 24, 6, dropout, Activation.RELU, TokenPositions.SINUSOIDAL),
        new Encoder(9, 16, 2, 2, 24, 6, dropout),
        new Objectives(1, 1, 1, 0.5, 0.5, LanguageMean.REPORT),
        List.of("Edema", "Effusion"));
  }

  private static ModelConfig released(FusionKind fusion) {
    return new ModelConfig(
        new Radiograph(
            ExplicitNetworkTest.SIDE,
            2,
            WIDTH,
            2,
            2,
            16,
            Activation.GELU,
            PatchPositions.ADDED,
            Recurrence.ADDED),
        new Fusion(fusion, 5),
        new Decoder(13, 16, 2, 2, 24, 6, 0, Activation.GELU, TokenPositions.LEARNED),
        new Encoder(9, 16, 2, 2, 24, 6, 0),
        new Objectives(0.7, 0.3, 1.5, 0.5, 0.75, LanguageMean.TOKEN),
        List.of("Edema", "Effusion"));
  }

  private static Way dropping(long... draws) {
    ModelConfig config = paper(FusionKind.SOFTMAX, WIDTH, DROPPED);
    return new Way(config, Precision.BFLOAT16, Optional.of(card), false, draws);
  }

  private static FoundGradients dropped() {
    if (dropped == null) {
      dropped = dropping(SEED, STEP).find();
    }
    return dropped;
  }

  /** In float32 the explicit way finds what the engine records, as others hold. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void shouldLoseNoMoreThanTheEnginesOperations(String name, ModelConfig config) {
    FoundGradients exact =
        new Way(config, Precision.FLOAT32, Optional.empty(), false, SEED, STEP).find();
    FoundGradients scripted =
        new Way(config, Precision.BFLOAT16, Optional.empty(), false, SEED, STEP).find();

    FoundGradients carded =
        new Way(config, Precision.BFLOAT16, Optional.of(card), false, SEED, STEP).find();

    assertThat(carded.loss()).isCloseTo(exact.loss(), within(2e-3 * exact.loss()));
    assertThat(carded.error(exact)).isLessThan(1.25 * scripted.error(exact)).isLessThan(0.012);
    exact
        .byWeight()
        .forEach(
            (weight, gradient) -> {
              double size = Math.sqrt(FoundGradients.squares(gradient));
              assertThat(carded.distance(exact, weight))
                  .as(weight)
                  .isLessThan(0.1 * Math.max(size, 1e-3 * exact.size()));
            });
  }

  /** Pictures and rows that are filled up with change nothing. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void shouldFindTheSameWhereSizesAreRoundedUp(String name, ModelConfig config) {
    FoundGradients exact =
        new Way(config, Precision.BFLOAT16, Optional.of(card), false, SEED, STEP).find();

    FoundGradients rounded =
        new Way(config, Precision.BFLOAT16, Optional.of(card), true, SEED, STEP).find();

    assertThat(rounded.loss()).isCloseTo(exact.loss(), within(1e-3 * exact.loss()));
    assertThat(rounded.error(exact)).isLessThan(4e-3);
  }

  @Test
  void shouldHaveTheSameBitsTwice() {
    FoundGradients once = dropped();

    FoundGradients again = dropping(SEED, STEP).find();

    assertThat(again.loss()).isEqualTo(once.loss());
    once.byWeight()
        .forEach((name, values) -> assertThat(again.byWeight().get(name)).isEqualTo(values));
  }

  /** Of scales and shifts, weights and biases one without the other, among them. */
  @Test
  void shouldFindTheSameWhereSomeWeightsAreFrozen() {
    Predicate<String> learns = name -> name.hashCode() % 2 == 0;
    FoundGradients all = dropped();

    FoundGradients some = dropping(SEED, STEP).where(learns).find();

    assertThat(some.byWeight().keySet())
        .isEqualTo(all.byWeight().keySet().stream().filter(learns).collect(Collectors.toSet()));
    some.byWeight()
        .forEach((name, values) -> assertThat(values).isEqualTo(all.byWeight().get(name)));
  }

  @Test
  void shouldAddUpOverParts() {
    FoundGradients once = dropped();

    FoundGradients twice = dropping(SEED, STEP).find(2);

    once.byWeight()
        .forEach(
            (name, values) -> {
              float[] sums = twice.byWeight().get(name);
              for (int i = 0; i < sums.length; i++) {
                assertThat(sums[i]).as(name).isCloseTo(2 * values[i], within(1e-5f));
              }
            });
  }

  /** Down the gradient the loss falls as steeply as the gradient says. */
  @Test
  void shouldGoBackThroughWhatWasDropped() {
    double step = 1e-3;
    Way way = dropping(SEED, STEP);
    FoundGradients found = dropped();

    double difference = way.moved(found, step).loss() - way.moved(found, -step).loss();

    double slope = difference / (2 * step);
    assertThat(slope / Math.pow(found.size(), 2)).isCloseTo(1, within(0.08));
  }

  /** By the order of layers, each of which draws by itself. */
  @Test
  void shouldDropWhatTheDrawsSay() {
    Dropout dropout = new Dropout(DROPPED, true);
    withLayers(
        layers -> {
          NDManager manager = layers.operations().manager();
          NDArray ones = layers.operations().narrow(manager.ones(new Shape(5, WIDTH)));
          Produced produced = new Produced(ones, manager.zeros(new Shape(WIDTH)), dy -> dy);
          Residual sum = new Residual(manager.zeros(new Shape(5, WIDTH)), produced, dropout);
          layers.between().norm(anyNorm(manager), Residual.of(sum.x()), Between.Reader.ALL);

          Normed normed = layers.between().norm(anyNorm(manager), sum, Between.Reader.ALL);
          Flow dropped = layers.between().dropout(dropout, new Features(ones, sum.x().add(1)));

          assertThat(normed.sum().toFloatArray()).containsExactly(factors(0), within(0.01f));
          assertThat(dropped.y().stream().toFloatArray())
              .containsExactly(factors(1), within(0.01f));
          assertThat(wide(layers, dropped.y().narrow())).containsExactly(factors(1), within(0.01f));
          NDArray back = layers.operations().wide(ones);
          Residual.Split split =
              normed.back().through(Feedback.ofProduct(ones), Optional.of(back.duplicate()));
          Feedback dfeatures = dropped.back().through(Feedback.of(ones, back));
          float[] dsum = split.x().toFloatArray();
          float[] dadded = wide(layers, split.added().orElseThrow());
          for (int i = 0; i < dsum.length; i++) {
            assertThat(dadded[i]).isCloseTo(dsum[i] * factors(0)[i], within(0.05f));
          }
          assertThat(dfeatures.stream().orElseThrow().toFloatArray())
              .containsExactly(factors(1), within(0.01f));
          assertThat(wide(layers, dfeatures.narrow().orElseThrow()))
              .containsExactly(factors(1), within(0.01f));
        });
  }

  private static LayerNorm anyNorm(NDManager manager) {
    return new LayerNorm(manager.ones(new Shape(WIDTH)), manager.zeros(new Shape(WIDTH)), 1e-5);
  }

  private static float[] wide(Layers layers, NDArray narrow) {
    return layers.operations().wide(narrow).toFloatArray();
  }

  private static float[] factors(int site) {
    float[] factors = new float[5 * WIDTH];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (float) Philox.factor(i, SEED, site, STEP, THRESHOLD);
    }
    return factors;
  }

  private static void withLayers(Consumer<Layers> test) {
    try (Float64Fixture fixture = new Float64Fixture(3)) {
      NDManager manager = fixture.manager();
      ExplicitNetwork network = dropping().network(manager, narrowed(fixture));
      StepKernels kernels = network.kernels().orElseThrow();
      Operations operations = ExplicitScript.of(manager, Precision.BFLOAT16).in(manager);
      GradientSums sums =
          new GradientSums(operations, List.of(), new IdentityHashMap<>(), WayBack.UNTOLD);
      Drawing drawing = new Drawing(card, manager.create(new long[] {SEED, STEP}));
      Between between = new Carded(operations, sums, kernels, drawing);
      TorchEngine.recording(
          false,
          () -> {
            test.accept(new Layers(operations, sums, between));
            return null;
          });
    }
  }

  private static Weights.Source narrowed(Float64Fixture fixture) {
    return (name, shape, kind) ->
        fixture.source().value(name, shape, kind).toType(DataType.FLOAT32, true);
  }

  @Test
  void shouldGoByTheEnginesOperationsWhereKernelsDoNotFit() {
    assertThat(digest(Precision.BFLOAT16, WIDTH)).hasValueSatisfying(CardedNetworkTest::isDigest);
    assertThat(digest(Precision.FLOAT32, WIDTH)).isEmpty();
    assertThat(digest(Precision.FLOAT16, WIDTH)).isEmpty();
    assertThat(digest(Precision.BFLOAT16, WIDTH + 2)).isEmpty();
  }

  private static void isDigest(String digest) {
    assertThat(digest).matches("[0-9a-f]{12}");
  }

  private static Optional<String> digest(Precision precision, int width) {
    ModelConfig config = paper(FusionKind.SOFTMAX, width, 0);
    try (Float64Fixture fixture = new Float64Fixture(3)) {
      return new Way(config, precision, Optional.of(card), false)
          .network(fixture.manager(), narrowed(fixture))
          .kernels()
          .map(StepKernels::digest);
    }
  }
}
