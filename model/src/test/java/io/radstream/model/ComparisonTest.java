package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.radstream.model.config.Compute;
import io.radstream.model.config.ImageComparison;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.ImageEncoderKind;
import io.radstream.model.config.ModelConfig.Residual;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.Objectives.LanguageMean;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.Precision;
import io.radstream.model.config.Restoration;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.CompanionKind;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.training.NonFiniteLossException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks that learn by comparing pictures (C2L), without reports. */
class ComparisonTest {

  private static final OptimizerConfig OPTIMIZER = new OptimizerConfig(0.9, 1e-4, 1);
  private static final LearningRates RATES = new LearningRates(0.02, 0.02);
  private static final double MOMENTUM = 0.75;
  private static final String KEYS = "c2l.queue.keys";

  @TempDir Path directory;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private static ModelConfig config(ImageEncoderKind encoder) {
    ModelConfig base = SmallNetworks.paper(0);
    return new ModelConfig(
        base.radiograph().with(encoder, new Residual(List.of(1, 1), false, 4)),
        base.fusion(),
        base.report(),
        base.text(),
        new Objectives(
            0,
            0,
            0,
            0.1,
            1,
            LanguageMean.REPORT,
            Restoration.NONE,
            new ImageComparison(1, 8, 40, MOMENTUM, 0.2)),
        List.of());
  }

  private static RefersTraining training(ImageEncoderKind encoder, Compute compute) {
    return RefersTraining.start(learning(encoder, compute), 7);
  }

  private static Learning learning(ImageEncoderKind encoder, Compute compute) {
    return new Learning(config(encoder), OPTIMIZER, compute, ComputeDevice.cpu());
  }

  private static StudyBatch batch(long seed) {
    StudyBatch shown = SmallNetworks.batch(4, seed);
    int[][] none = new int[4][0];
    return new StudyBatch(
        shown.images(),
        none,
        none,
        new float[4][0],
        Map.of(CompanionKind.SECOND_VIEW, SmallNetworks.batch(4, -seed).images()));
  }

  @ParameterizedTest
  @CsvSource({
    "TRANSFORMER, FLOAT32, 0",
    "CONVOLUTIONAL, FLOAT32, 3",
    "TRANSFORMER, BFLOAT16, 2",
    "CONVOLUTIONAL, BFLOAT16, 0"
  })
  void shouldFollowWhatLearnsAndKeepItsKeys(
      ImageEncoderKind encoder, Precision precision, int microBatch) throws IOException {
    try (RefersTraining training = training(encoder, new Compute(precision, microBatch))) {
      SavedRun before = SavedRun.of(training, directory);

      training.step(batch(1), RATES, 1);

      SavedRun after = SavedRun.of(training, directory);
      after
          .weights()
          .forEach(
              (name, learned) -> {
                String followed = "c2l.following." + name;
                if (name.startsWith("view_fusion.")) {
                  assertThat(after.state()).doesNotContainKey(followed);
                } else {
                  assertThat(before.state().get(followed)).isEqualTo(before.weights().get(name));
                  assertThat(after.state().get(followed))
                      .as(name)
                      .containsExactly(
                          between(before.state().get(followed), learned), within(1e-6f));
                }
              });
      // Three for each of twelve pictures.
      assertThat(after.state().get("c2l.queue.next")).containsExactly(36);
      int width = 8;
      for (int value = 0; value < 40 * width; value++) {
        assertThat(after.state().get(KEYS)[value] == before.state().get(KEYS)[value])
            .isEqualTo(value >= 36 * width);
      }
    }
  }

  private static float[] between(float[] before, float[] learned) {
    float[] between = new float[before.length];
    for (int i = 0; i < between.length; i++) {
      between[i] = (float) (MOMENTUM * before[i] + (1 - MOMENTUM) * learned[i]);
    }
    return between;
  }

  @ParameterizedTest
  @CsvSource({"TRANSFORMER, 0", "CONVOLUTIONAL, 2"})
  void shouldGoOnWithTheSameBits(ImageEncoderKind encoder, int microBatch) throws IOException {
    Compute compute = new Compute(Precision.FLOAT32, microBatch);
    Path weights = directory.resolve("weights of the first step");
    Path state = directory.resolve("state of the first step");
    try (RefersTraining training = training(encoder, compute)) {
      training.step(batch(1), RATES, 1);
      training.save(weights, state);
      training.step(batch(2), RATES, 2);
      double loss = training.evaluate(batch(3)).loss();
      SavedRun expected = SavedRun.of(training, directory);

      try (RefersTraining resumed =
          RefersTraining.resume(learning(encoder, compute), weights, state)) {
        resumed.step(batch(2), RATES, 2);

        SavedRun actual = SavedRun.of(resumed, directory);
        assertThat(resumed.weightsDigest()).isEqualTo(training.weightsDigest());
        assertThat(actual.state().keySet()).isEqualTo(expected.state().keySet());
        actual
            .state()
            .forEach((name, value) -> assertThat(value).isEqualTo(expected.state().get(name)));
        assertThat(resumed.evaluate(batch(3)).loss()).isEqualTo(loss);
      }
    }
  }

  @Test
  void shouldKeepNoKeysOfAStepThatFails() throws IOException {
    try (RefersTraining training = training(ImageEncoderKind.TRANSFORMER, Compute.PLAIN)) {
      StudyBatch batch = batch(1);
      float[] broken = batch.images().clone();
      broken[0] = Float.NaN;
      StudyBatch unusable =
          new StudyBatch(
              broken, batch.tokens(), batch.tokens(), batch.labels(), batch.companions());
      SavedRun before = SavedRun.of(training, directory);

      assertThatThrownBy(() -> training.step(unusable, RATES, 1))
          .isInstanceOf(NonFiniteLossException.class);

      assertThat(SavedRun.of(training, directory).state().get(KEYS))
          .isEqualTo(before.state().get(KEYS));
      training.step(batch, RATES, 1);
      assertThat(SavedRun.of(training, directory).state().get("c2l.queue.next"))
          .containsExactly(36);
    }
  }

  @Test
  void shouldLeaveItsOwnLayerBehind() throws IOException {
    Path weights = directory.resolve("model.safetensors");
    try (RefersTraining training = training(ImageEncoderKind.CONVOLUTIONAL, Compute.PLAIN)) {
      training.save(weights, directory.resolve("state"));
    }
    ModelConfig pretrained = config(ImageEncoderKind.CONVOLUTIONAL);
    ModelConfig labelled =
        SmallNetworks.with(
            pretrained, new Objectives(0, 0, 1, 0.1, 1, LanguageMean.REPORT), List.of("one"));
    Learning learning = new Learning(labelled, OPTIMIZER, Compute.PLAIN, ComputeDevice.cpu());

    try (RefersTraining training = RefersTraining.fineTune(learning, 1, weights)) {
      assertThat(SavedRun.of(training, directory).weights().keySet())
          .contains("resnet.conv1.weight", "label_head.dense.weight")
          .noneMatch(name -> name.startsWith("c2l"));
    }
  }
}
