package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.model.config.Compute;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.Objectives.LanguageMean;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.training.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels learned on top of what reports have taught (paper, section 4.2, fine-tuning). */
final class FineTuningTest {

  private static final ModelConfig PRETRAINED = SmallNetworks.paper(0);
  private static final OptimizerConfig OPTIMIZER = new OptimizerConfig(0.9, 1e-4, 0);
  private static final LearningRates RATES = new LearningRates(0.01, 0.01);

  @TempDir Path directory;
  private SavedRun pretrained;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void pretrain() throws IOException {
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(PRETRAINED, OPTIMIZER, Compute.PLAIN, ComputeDevice.best()), 1)) {
      training.step(SmallNetworks.batch(4, 1), RATES, 0);
      pretrained = save(training, "pretrained");
    }
  }

  @Test
  void shouldStartFromEverythingButTheLabelHead() throws IOException {
    try (RefersTraining training = fineTune(labels("effusion", "nodule"))) {
      Map<String, float[]> tuned = save(training, "tuned").weights();

      assertThat(tuned)
          .containsKeys("label_head.dense.weight", "view_fusion.hidden.weight")
          .doesNotContainKeys("bert.pooler.dense.weight", "report.logits.bias");
      tuned.forEach(
          (name, values) -> {
            if (!name.startsWith("label_head.")) {
              assertThat(values).as(name).isEqualTo(pretrained.weights().get(name));
            }
          });
    }
  }

  @Test
  void shouldLearnLabels() throws IOException {
    StudyBatch studies = SmallNetworks.batch(4, 1);
    float[][] truth = {{1, 0}, {0, 1}, {1, 1}, {0, Float.NaN}};
    StudyBatch batch =
        new StudyBatch(studies.images(), studies.tokens(), studies.encoderTokens(), truth);
    try (RefersTraining training = fineTune(labels("effusion", "nodule"))) {
      for (int step = 0; step < 60; step++) {
        training.step(batch, RATES, step);
      }

      float[][] found = training.evaluate(batch).findings();

      for (int study = 0; study < truth.length; study++) {
        for (int finding = 0; finding < 2; finding++) {
          if (!Float.isNaN(truth[study][finding])) {
            assertThat(Math.round(found[study][finding])).isEqualTo((int) truth[study][finding]);
          }
        }
      }
    }
  }

  @Test
  void shouldLearnLabelsTheSameWithoutReports() throws IOException {
    StudyBatch studies = SmallNetworks.batch(4, 1);
    float[][] truth = {{1, 0}, {0, 1}, {1, 1}, {0, Float.NaN}};
    int[][] none = new int[4][0];
    StepResult with;
    try (RefersTraining training = fineTune(labels("effusion", "nodule"))) {
      with =
          training.step(
              new StudyBatch(studies.images(), studies.tokens(), studies.encoderTokens(), truth),
              RATES,
              0);
    }
    try (RefersTraining training = fineTune(labels("effusion", "nodule"))) {
      StudyBatch unreported = new StudyBatch(studies.images(), none, none, truth);

      StepResult without = training.step(unreported, RATES, 0);

      assertThat(without.losses()).isEqualTo(with.losses());
      assertThat(without.gradientNorm()).isEqualTo(with.gradientNorm());
      assertThat(training.evaluate(unreported).tokens()).isZero();
    }
  }

  @Test
  void shouldDrawTheHeadAnewWhereTheFindingsAreOthers() throws IOException {
    try (RefersTraining training = fineTune(labels("effusion", "nodule"))) {
      pretrained = save(training, "two");
    }

    try (RefersTraining training = fineTune(labels("effusion", "nodule", "edema"))) {
      assertThat(training.evaluate(withLabels(3)).findings()[0]).hasSize(3);
    }
  }

  @Test
  void shouldRefuseWeightsOfAnotherShape() {
    assertThatThrownBy(
            () ->
                RefersTraining.fineTune(
                    new Learning(
                        SmallNetworks.released(0), OPTIMIZER, Compute.PLAIN, ComputeDevice.best()),
                    1,
                    pretrained.weightsFile()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tensor");
  }

  private RefersTraining fineTune(ModelConfig config) throws IOException {
    return RefersTraining.fineTune(
        new Learning(config, OPTIMIZER, Compute.PLAIN, ComputeDevice.best()),
        2,
        pretrained.weightsFile());
  }

  private static ModelConfig labels(String... findings) {
    Objectives objectives = new Objectives(0, 0, 1, 0.1, 1, LanguageMean.REPORT);
    return SmallNetworks.with(PRETRAINED, objectives, List.of(findings));
  }

  private static StudyBatch withLabels(int findings) {
    StudyBatch studies = SmallNetworks.batch(2, 1);
    return new StudyBatch(
        studies.images(), studies.tokens(), studies.encoderTokens(), new float[2][findings]);
  }

  private SavedRun save(RefersTraining training, String name) throws IOException {
    return SavedRun.of(training, Files.createDirectory(directory.resolve(name)));
  }
}
