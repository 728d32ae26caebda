package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.config.Compute;
import io.radstream.model.config.ImageComparison;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.ImageEncoderKind;
import io.radstream.model.config.ModelConfig.Residual;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.Objectives.LanguageMean;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.OptimizerConfig.Freeze;
import io.radstream.model.config.OptimizerConfig.Kind;
import io.radstream.model.config.OptimizerConfig.Lookahead;
import io.radstream.model.config.Precision;
import io.radstream.model.config.Restoration;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.explicit.Card;
import io.radstream.model.kernels.HostDevice;
import io.radstream.model.network.CompanionKind;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.training.BatchPass;
import io.radstream.model.training.Equipment;
import io.radstream.model.training.Exchange;
import io.radstream.model.training.Learner;
import io.radstream.model.training.StepObserver;
import io.radstream.model.training.StepResult;
import io.radstream.model.training.StepUnderWay;
import io.radstream.model.training.TrainingSnapshot;
import io.radstream.model.weights.Parameter;
import io.radstream.model.weights.SavedWeights;
import io.radstream.model.weights.SeededWeights;
import io.radstream.model.weights.Weights;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A network whose weights are moved by the kernels' very text, on a processor. */
class CardStepTest {

  private static final ModelConfig CONFIG = SmallNetworks.paper(0.1);
  private static final Compute NARROW = new Compute(Precision.BFLOAT16, 0);

  /** All that is in front of the heads would take seconds. */
  private static final Freeze MOST = new Freeze(2, 2, false);

  private static final OptimizerConfig SGD = new OptimizerConfig(0.9, 1e-3, 1, Lookahead.OFF, MOST);

  private static final LearningRates RATES = new LearningRates(0.02, 0.01);
  private static final double ROUNDING = 1e-6;

  @TempDir private static Path directory;

  private static HostDevice device;

  private NDManager manager;

  @BeforeAll
  static void start() {
    TorchEngine.start(1);
    device = HostDevice.in(directory);
  }

  @AfterAll
  static void unload() {
    device.close();
  }

  @BeforeEach
  void open() {
    assumeTrue(
        HostDevice.isHere(), "kernels run on the host where there is a g++ (Debian: package g++)");
    manager = ComputeDevice.cpu().newManager();
  }

  @AfterEach
  void close() {
    if (manager != null) {
      manager.close();
    }
  }

  private static Optional<Card> card() {
    return Optional.of(new Card(device, () -> 0));
  }

  private BatchPass pass(ModelConfig config, Compute compute, Weights.Source weights) {
    return RefersTraining.pass(
        RefersTraining.network(config, compute, manager, weights), compute, Exchange.ALONE);
  }

  private BatchPass pass() {
    return pass(CONFIG, NARROW, new SeededWeights(manager, 3));
  }

  private Learner learner(BatchPass pass, Optional<Card> card) {
    return Learner.atRest(manager, pass, SGD, NARROW, new Equipment(Optional.empty(), card));
  }

  private static StepUnderWay begin(Learner learner, int step) {
    StudyBatch shown = SmallNetworks.batch(3, step);
    StudyBatch batch =
        new StudyBatch(
            shown.images(),
            shown.tokens(),
            shown.encoderTokens(),
            new float[3][0],
            Map.of(CompanionKind.SECOND_VIEW, SmallNetworks.batch(3, -step).images()));
    return learner.begin(batch, RATES, step, StepObserver.none());
  }

  private static Map<String, NDArray> weights(BatchPass pass) {
    Map<String, NDArray> weights = new TreeMap<>();
    for (Parameter parameter : pass.network().weights().parameters()) {
      weights.put(parameter.name(), parameter.value());
    }
    return weights;
  }

  private static Map<String, FloatBuffer> values(Map<String, NDArray> arrays) {
    Map<String, FloatBuffer> values = new TreeMap<>();
    arrays.forEach((name, array) -> values.put(name, FloatBuffer.wrap(array.toFloatArray())));
    return values;
  }

  private static void assertClose(Map<String, NDArray> actual, Map<String, NDArray> expected) {
    assertThat(actual).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (name, array) -> {
          double apart = actual.get(name).sub(array).abs().max().getFloat();
          assertThat(apart).as(name).isLessThan(ROUNDING);
        });
  }

  @Test
  void shouldTakeStepsAsTheEngineDoesAndGoOnEitherWay() throws IOException {
    BatchPass expected = pass();
    BatchPass pass = pass();
    Learner host = learner(expected, Optional.empty());
    Learner learner = learner(pass, card());

    StepResult wanted = begin(host, 1).finish();
    StepUnderWay begun = begin(learner, 1);

    assertThat(begun.isDone()).isFalse();
    StepResult found = begun.finish();
    assertThat(found.losses()).isEqualTo(wanted.losses());
    assertThat(found.gradientNorm()).isCloseTo(wanted.gradientNorm(), within(1e-5));
    assertClose(learner.state(), host.state());

    Learner onHost = resumed(pass, learner, Optional.empty());
    Learner onCard = resumed(expected, host, card());
    assertThat(begin(onCard, 2).isDone()).isFalse();
    begin(onHost, 2).finish();

    assertClose(onCard.state(), onHost.state());
    assertClose(weights(expected), weights(pass));
  }

  @Test
  void shouldTellWhichKernelsMoveWeights() {
    assertThat(learner(pass(), Optional.empty()).program()).isEqualTo("eager");
    assertThat(learner(pass(), card()).program()).matches("eager descent [0-9a-f]{12}");
  }

  /** Of the same weights, from what was saved of the optimizer. */
  private Learner resumed(BatchPass pass, Learner learner, Optional<Card> card) throws IOException {
    Path weights = directory.resolve("weights");
    Path state = directory.resolve("state");
    TrainingSnapshot.of(Map.of(), learner.state()).save(weights, state);
    return new Learner(
        manager,
        pass,
        SGD,
        NARROW,
        SavedWeights.open(manager, state),
        new Equipment(Optional.empty(), card));
  }

  @Test
  void shouldGiveTheSameBitsWhereStepsAreBegunBeforeTheOneBeforeIsFinished() {
    BatchPass pass = pass();
    BatchPass expected = pass();
    Learner learner = learner(pass, card());
    Learner waiting = learner(expected, card());

    List<StepUnderWay> begun =
        IntStream.range(0, 3).mapToObj(step -> begin(learner, step)).toList();

    List<StepResult> wanted =
        IntStream.range(0, 3).mapToObj(step -> begin(waiting, step).finish()).toList();
    assertThat(begun.stream().map(StepUnderWay::finish)).isEqualTo(wanted);
    assertThat(values(weights(pass))).isEqualTo(values(weights(expected)));
    assertThat(values(learner.state())).isEqualTo(values(waiting.state()));
  }

  private static ModelConfig with(ModelConfig.Radiograph radiograph, Objectives objectives) {
    return new ModelConfig(
        radiograph, CONFIG.fusion(), CONFIG.report(), CONFIG.text(), objectives, List.of());
  }

  static List<Arguments> waitedFor() {
    Objectives comparison =
        new Objectives(
            0,
            0,
            0,
            0.1,
            1,
            LanguageMean.REPORT,
            Restoration.NONE,
            new ImageComparison(1, 8, 40, 0.9, 0.2));
    ModelConfig comparing = with(CONFIG.radiograph(), comparison);
    ModelConfig convolving =
        with(
            CONFIG
                .radiograph()
                .with(ImageEncoderKind.CONVOLUTIONAL, new Residual(List.of(1, 1), false, 4)),
            CONFIG.objectives());
    OptimizerConfig adam = new OptimizerConfig(0.9, 0, 1, Lookahead.OFF, MOST, Kind.ADAM);
    OptimizerConfig looking = new OptimizerConfig(0.9, 0, 1, new Lookahead(2, 0.5), MOST);
    return List.of(
        Arguments.of("Adam", CONFIG, adam, NARROW),
        Arguments.of("lookahead", CONFIG, looking, NARROW),
        Arguments.of("float16", CONFIG, SGD, new Compute(Precision.FLOAT16, 0)),
        Arguments.of("an encoder that follows", comparing, SGD, NARROW),
        Arguments.of("running statistics", convolving, SGD, NARROW));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("waitedFor")
  void shouldWaitWhereWhatFollowsDependsOnIt(
      String name, ModelConfig config, OptimizerConfig optimizer, Compute compute) {
    BatchPass pass = pass(config, compute, new SeededWeights(manager, 3));

    Learner learner =
        Learner.atRest(manager, pass, optimizer, compute, new Equipment(Optional.empty(), card()));

    assertThat(begin(learner, 1).isDone()).isTrue();
  }
}
