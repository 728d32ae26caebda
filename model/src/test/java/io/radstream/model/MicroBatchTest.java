package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.radstream.model.config.Compute;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.Fusion;
import io.radstream.model.config.ModelConfig.FusionKind;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.BatchLosses;
import io.radstream.model.objective.Evaluation;
import io.radstream.model.training.StepResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MicroBatchTest {

  private static final int STUDIES = 6;
  private static final List<String> FINDINGS = List.of("Edema", "Effusion");
  private static final OptimizerConfig OPTIMIZER = new OptimizerConfig(0.9, 0, 0);
  private static final LearningRates RATES = new LearningRates(0.01, 0.01);

  /** Of a loss, and of the norm of a difference beside the norm of the gradient. */
  private static final double ROUNDING = 1e-5;

  /** A tensor whose gradient is a smaller share of the whole is compared as if it were of that. */
  private static final double FLOOR = 1e-2;

  @TempDir Path directory;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  /** With all three losses. */
  private static ModelConfig config(ModelConfig config) {
    Objectives old = config.objectives();
    Objectives all =
        new Objectives(1, 0.5, 2, old.temperature(), old.studyToReport(), old.languageMean());
    return SmallNetworks.with(config, all, FINDINGS);
  }

  static List<Arguments> cases() {
    ModelConfig paper = config(SmallNetworks.paper(0));
    List<Arguments> cases = new ArrayList<>();
    for (int microBatch : new int[] {1, 2, 4}) {
      cases.add(Arguments.of("paper", paper, microBatch));
      cases.add(Arguments.of("released", config(SmallNetworks.released(0)), microBatch));
    }
    Fusion none = new Fusion(FusionKind.NONE, 16);
    cases.add(Arguments.of("without fusion", SmallNetworks.with(paper, none), 4));
    return cases;
  }

  private record Stepped(StepResult result, SavedRun run) {}

  private Stepped stepped(ModelConfig config, int microBatch) throws IOException {
    Compute compute = new Compute(Precision.FLOAT32, microBatch);
    try (RefersTraining training =
        RefersTraining.start(new Learning(config, OPTIMIZER, compute, ComputeDevice.best()), 7)) {
      StepResult result = training.step(batch(), RATES, 3);
      return new Stepped(result, SavedRun.of(training, directory));
    }
  }

  private static StudyBatch batch() {
    return RandomStudies.batch(STUDIES, 1, FINDINGS.size());
  }

  @ParameterizedTest(name = "{0}, {2}")
  @MethodSource("cases")
  void shouldStepAsTheWholeBatchDoes(String name, ModelConfig config, int microBatch)
      throws IOException {
    Stepped whole = stepped(config, 0);

    Stepped parts = stepped(config, microBatch);

    assertSameResult(parts.result(), whole.result());
    double norm = whole.result().gradientNorm();
    // The momentum of a first step is its gradient.
    Map<String, float[]> gradients = parts.run().state();
    assertThat(gradients.keySet()).isEqualTo(whole.run().state().keySet());
    gradients.forEach(
        (weight, values) -> {
          float[] expected = whole.run().state().get(weight);
          double size = Math.max(distance(expected, new float[expected.length]), FLOOR * norm);
          assertThat(distance(values, expected)).as(weight).isLessThan(ROUNDING * size);
        });
    parts
        .run()
        .weights()
        .forEach(
            (weight, values) ->
                assertThat(values)
                    .as(weight)
                    .containsExactly(whole.run().weights().get(weight), within(1e-6f)));
  }

  private static void assertSameResult(StepResult actual, StepResult expected) {
    assertSameLosses(actual.losses(), expected.losses());
    assertThat(actual.gradientNorm())
        .isCloseTo(expected.gradientNorm(), near(expected.gradientNorm()));
  }

  private static void assertSameLosses(BatchLosses actual, BatchLosses expected) {
    assertThat(actual.byObjective()).hasSameSizeAs(expected.byObjective());
    expected
        .byObjective()
        .forEach(
            (name, loss) ->
                assertThat(actual.of(name).orElseThrow()).as(name).isCloseTo(loss, near(loss)));
    assertThat(actual.total()).isCloseTo(expected.total(), near(expected.total()));
  }

  private static Offset<Double> near(double value) {
    return within(ROUNDING * value);
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (double) a[i] - b[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  @ParameterizedTest(name = "{0}, {2}")
  @MethodSource("cases")
  void shouldEvaluateAsTheWholeBatch(String name, ModelConfig config, int microBatch) {
    Evaluation whole = evaluated(config, 0);

    Evaluation parts = evaluated(config, microBatch);

    assertSameLosses(parts.losses(), whole.losses());
    for (int study = 0; study < STUDIES; study++) {
      assertThat(parts.studies()[study]).containsExactly(whole.studies()[study], within(1e-5f));
      assertThat(parts.reports()[study]).containsExactly(whole.reports()[study], within(1e-5f));
    }
  }

  private static Evaluation evaluated(ModelConfig config, int microBatch) {
    Compute compute = new Compute(Precision.FLOAT32, microBatch);
    try (RefersTraining training =
        RefersTraining.start(new Learning(config, OPTIMIZER, compute, ComputeDevice.best()), 7)) {
      return training.evaluate(batch());
    }
  }

  @Test
  void shouldDropTheSameFeaturesForTheSameSeed() throws IOException {
    ModelConfig dropping = config(SmallNetworks.paper(0.3));
    Stepped one = stepped(dropping, 4);

    Stepped other = stepped(dropping, 4);

    assertThat(other.result()).isEqualTo(one.result());
    other
        .run()
        .weights()
        .forEach(
            (name, values) -> assertThat(values).as(name).isEqualTo(one.run().weights().get(name)));
    assertThat(other.result()).isNotEqualTo(stepped(config(SmallNetworks.paper(0)), 4).result());
  }

  @Test
  void shouldDropTheSameFeaturesInBothPasses() throws IOException {
    ModelConfig dropping = config(SmallNetworks.paper(0.3));
    StudyBatch batch = batch();
    double rate = 1e-4;
    Compute compute = new Compute(Precision.FLOAT32, 2);
    OptimizerConfig plain = new OptimizerConfig(0, 0, 0);
    try (RefersTraining training =
        RefersTraining.start(new Learning(dropping, plain, compute, ComputeDevice.best()), 7)) {
      StepResult first = training.step(batch, new LearningRates(rate, rate), 3);

      StepResult second = training.step(batch, new LearningRates(rate, rate), 3);

      // Only the gradient of what was computed predicts how far it falls.
      double predicted = rate * first.gradientNorm() * first.gradientNorm();
      assertThat(first.loss() - second.loss()).isCloseTo(predicted, within(predicted / 20));
    }
  }
}
