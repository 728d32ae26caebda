package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.radstream.model.config.Compute;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.Fusion;
import io.radstream.model.config.ModelConfig.FusionKind;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.Evaluation;
import io.radstream.model.training.NonFiniteLossException;
import io.radstream.model.training.StepResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MixedPrecisionTest {

  private static final int STUDIES = 4;
  private static final ModelConfig PAPER = SmallNetworks.paper(0);
  private static final ModelConfig WITHOUT_FUSION =
      SmallNetworks.with(PAPER, new Fusion(FusionKind.NONE, 16));
  private static final OptimizerConfig OPTIMIZER = new OptimizerConfig(0.9, 1e-4, 10);
  private static final LearningRates RATES = new LearningRates(0.01, 0.01);
  private static final Compute FLOAT16 = new Compute(Precision.FLOAT16, 0);
  private static final double FIRST_SCALE = 65_536;

  /** Sixteen bits hold two to three digits of a product; the losses are means over many. */
  private static final double NEAR = 0.03;

  @TempDir Path directory;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  static List<Arguments> cases() {
    return List.of(
        Arguments.of("paper", PAPER, Precision.BFLOAT16),
        Arguments.of("paper", PAPER, Precision.FLOAT16),
        Arguments.of("released", SmallNetworks.released(0), Precision.BFLOAT16),
        Arguments.of("released", SmallNetworks.released(0), Precision.FLOAT16));
  }

  private static StudyBatch batch() {
    return RandomStudies.batch(STUDIES, 1, 0);
  }

  @ParameterizedTest(name = "{0}, {2}")
  @MethodSource("cases")
  void shouldLoseLittleAgainstFloat32(String name, ModelConfig config, Precision precision) {
    Evaluation exact = evaluated(config, Precision.FLOAT32);

    Evaluation rough = evaluated(config, precision);

    exact
        .losses()
        .byObjective()
        .forEach(
            (objective, loss) ->
                assertThat(rough.losses().of(objective).orElseThrow()).isCloseTo(loss, near(loss)));
    assertThat(rough.loss()).isNotEqualTo(exact.loss());
    for (int study = 0; study < STUDIES; study++) {
      assertThat(rough.studies()[study]).containsExactly(exact.studies()[study], within(0.03f));
      assertThat(rough.reports()[study]).containsExactly(exact.reports()[study], within(0.03f));
    }
  }

  private static Offset<Double> near(double value) {
    return within(NEAR * value);
  }

  private static Evaluation evaluated(ModelConfig config, Precision precision) {
    Compute compute = new Compute(precision, 0);
    try (RefersTraining training =
        RefersTraining.start(new Learning(config, OPTIMIZER, compute, ComputeDevice.best()), 7)) {
      return training.evaluate(batch());
    }
  }

  @ParameterizedTest(name = "{0}, {2}")
  @MethodSource("cases")
  void shouldLearnInFloat32Weights(String name, ModelConfig config, Precision precision)
      throws IOException {
    Compute compute = new Compute(precision, 2);
    try (RefersTraining training =
        RefersTraining.start(new Learning(config, OPTIMIZER, compute, ComputeDevice.best()), 7)) {
      double before = training.evaluate(batch()).loss();

      for (int step = 0; step < 8; step++) {
        training.step(batch(), RATES, step);
      }

      assertThat(training.evaluate(batch()).loss()).isLessThan(before);
      assertThat(SavedRun.of(training, directory).types().values()).containsOnly("F32");
    }
  }

  @Test
  void shouldHaveTheGradientOfFloat32() throws IOException {
    StepResult exact = step(Precision.FLOAT32);

    StepResult rough = step(Precision.BFLOAT16);

    assertThat(rough.gradientNorm())
        .isCloseTo(exact.gradientNorm(), within(0.1 * exact.gradientNorm()))
        .isNotEqualTo(exact.gradientNorm());
    assertThat(rough.lossScale()).isEqualTo(1);
    assertThat(rough.skipped()).isFalse();
  }

  private static StepResult step(Precision precision) {
    Compute compute = new Compute(precision, 0);
    try (RefersTraining training =
        RefersTraining.start(new Learning(PAPER, OPTIMIZER, compute, ComputeDevice.best()), 7)) {
      return training.step(batch(), RATES, 0);
    }
  }

  @Test
  void shouldSkipAStepWhoseGradientOverflowsAndGoOnWithASmallerScale() throws IOException {
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(WITHOUT_FUSION, OPTIMIZER, FLOAT16, ComputeDevice.best()), 7)) {
      SavedRun before = SavedRun.of(training, directory);

      StepResult first = training.step(batch(), RATES, 0);

      SavedRun after = SavedRun.of(training, directory);
      assertThat(first.skipped()).isTrue();
      assertThat(first.lossScale()).isEqualTo(FIRST_SCALE);
      assertSame(after.weights(), before.weights());
      assertThat(training.step(batch(), RATES, 1).lossScale()).isEqualTo(FIRST_SCALE / 2);
    }
  }

  @Test
  void shouldFindAScaleThatDoesNotOverflow() {
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(WITHOUT_FUSION, OPTIMIZER, FLOAT16, ComputeDevice.best()), 7)) {
      StepResult result = training.step(batch(), RATES, 0);

      for (int step = 1; result.skipped() && step < 17; step++) {
        result = training.step(batch(), RATES, step);
      }

      assertThat(result.skipped()).isFalse();
      assertThat(result.gradientNorm()).isFinite().isPositive();
      assertThat(result.lossScale()).isLessThan(FIRST_SCALE);
    }
  }

  @Test
  void shouldKeepTheScaleOverResume() throws IOException {
    SavedRun stopped;
    StepResult straight;
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(WITHOUT_FUSION, OPTIMIZER, FLOAT16, ComputeDevice.best()), 7)) {
      training.step(batch(), RATES, 0);
      stopped = SavedRun.of(training, directory);
      straight = training.step(batch(), RATES, 1);
    }

    StepResult resumed;
    try (RefersTraining training = stopped.resume(WITHOUT_FUSION, OPTIMIZER, FLOAT16)) {
      resumed = training.step(batch(), RATES, 1);
    }

    assertThat(resumed).isEqualTo(straight);
    assertThat(resumed.lossScale()).isEqualTo(FIRST_SCALE / 2);
  }

  private static void assertSame(Map<String, float[]> actual, Map<String, float[]> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    actual.forEach((name, values) -> assertThat(values).as(name).isEqualTo(expected.get(name)));
  }

  @Test
  void shouldNotTakeALossThatIsNoNumberForAnOverflow() {
    StudyBatch batch = batch();
    batch.images()[0] = Float.NaN;
    try (RefersTraining training =
        RefersTraining.start(new Learning(PAPER, OPTIMIZER, FLOAT16, ComputeDevice.best()), 1)) {
      assertThatThrownBy(() -> training.step(batch, RATES, 0))
          .isInstanceOf(NonFiniteLossException.class);
    }
  }
}
