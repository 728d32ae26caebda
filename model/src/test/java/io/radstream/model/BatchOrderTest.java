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
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.Evaluation;
import io.radstream.model.training.StepResult;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchOrderTest {

  private static final int STUDIES = 4;
  private static final List<String> FINDINGS = List.of("Edema", "Effusion");
  private static final double ROUNDING = 1e-5;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  static List<ModelConfig> configs() {
    ModelConfig paper = SmallNetworks.paper(0);
    Fusion none = new Fusion(FusionKind.NONE, 16);
    return List.of(
        withLabels(paper),
        withLabels(SmallNetworks.released(0)),
        withLabels(SmallNetworks.with(paper, none)));
  }

  private static ModelConfig withLabels(ModelConfig config) {
    Objectives old = config.objectives();
    Objectives all =
        new Objectives(1, 1, 1, old.temperature(), old.studyToReport(), old.languageMean());
    return SmallNetworks.with(config, all, FINDINGS);
  }

  @ParameterizedTest
  @MethodSource("configs")
  void shouldGiveTheSameLossesAndGradientInAnyOrder(ModelConfig config) {
    StudyBatch batch = RandomStudies.batch(STUDIES, 1, FINDINGS.size());
    StepResult straight = step(config, batch);

    StepResult turned = step(config, reversed(batch));

    straight
        .losses()
        .byObjective()
        .forEach(
            (name, loss) ->
                assertThat(turned.losses().of(name).orElseThrow()).isCloseTo(loss, near(loss)));
    assertThat(turned.gradientNorm())
        .isCloseTo(straight.gradientNorm(), near(straight.gradientNorm()));
    assertThat(straight.losses().byObjective()).hasSize(3);
  }

  @ParameterizedTest
  @MethodSource("configs")
  void shouldGiveVectorsInTheOrderOfTheBatch(ModelConfig config) {
    StudyBatch batch = RandomStudies.batch(STUDIES, 1, FINDINGS.size());
    Evaluation straight = evaluation(config, batch);

    Evaluation turned = evaluation(config, reversed(batch));

    for (int i = 0; i < STUDIES; i++) {
      int mirrored = STUDIES - 1 - i;
      assertThat(turned.studies()[i]).containsExactly(straight.studies()[mirrored], within(1e-5f));
      assertThat(turned.reports()[i]).containsExactly(straight.reports()[mirrored], within(1e-5f));
    }
  }

  private static Offset<Double> near(double value) {
    return within(ROUNDING * value);
  }

  private static RefersTraining training(ModelConfig config) {
    return RefersTraining.start(
        new Learning(config, new OptimizerConfig(0.9, 0, 0), Compute.PLAIN, ComputeDevice.best()),
        7);
  }

  private static StepResult step(ModelConfig config, StudyBatch batch) {
    try (RefersTraining training = training(config)) {
      return training.step(batch, new LearningRates(0.01, 0.01), 0);
    }
  }

  private static Evaluation evaluation(ModelConfig config, StudyBatch batch) {
    try (RefersTraining training = training(config)) {
      return training.evaluate(batch);
    }
  }

  private static StudyBatch reversed(StudyBatch batch) {
    List<StudyBatch> single = batch.parts(1);
    float[] images = new float[batch.images().length];
    int size = images.length / STUDIES;
    for (int i = 0; i < STUDIES; i++) {
      System.arraycopy(single.get(STUDIES - 1 - i).images(), 0, images, i * size, size);
    }
    return new StudyBatch(
        images,
        reversed(batch.tokens()),
        reversed(batch.encoderTokens()),
        reversed(batch.labels()));
  }

  private static <T> T[] reversed(T[] rows) {
    T[] result = Arrays.copyOf(rows, rows.length);
    for (int i = 0; i < rows.length; i++) {
      result[i] = rows[rows.length - 1 - i];
    }
    return result;
  }
}
