package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.radstream.model.config.Compute;
import io.radstream.model.config.InitialWeights;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.Fusion;
import io.radstream.model.config.ModelConfig.FusionKind;
import io.radstream.model.config.ModelConfig.ImageEncoderKind;
import io.radstream.model.config.ModelConfig.Residual;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.Objectives.LanguageMean;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.OptimizerConfig.Freeze;
import io.radstream.model.config.OptimizerConfig.Lookahead;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.explain.ExplainedScore;
import io.radstream.model.explain.MapKind;
import io.radstream.model.explain.StudyMaps;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.pretrained.HuggingFaceExport;
import io.radstream.model.pretrained.PretrainedWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** REFERS with a residual network in place of the radiograph transformer (table 3, row 1). */
class ResidualTrainingTest {

  private static final List<String> FINDINGS = List.of("one", "other");
  private static final OptimizerConfig OPTIMIZER =
      new OptimizerConfig(0.9, 1e-4, 1, new Lookahead(2, 0.5), Freeze.NOTHING);
  private static final LearningRates RATES = new LearningRates(0.02, 0.02);

  @TempDir Path directory;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private static ModelConfig convolutional(ModelConfig config) {
    return new ModelConfig(
        config
            .radiograph()
            .with(ImageEncoderKind.CONVOLUTIONAL, new Residual(List.of(1, 1), false, 4)),
        config.fusion(),
        config.report(),
        config.text(),
        config.objectives(),
        config.findings());
  }

  private static final ModelConfig CONFIG = convolutional(SmallNetworks.paper(0.1));

  private static Learning learning(ModelConfig config, OptimizerConfig optimizer, Compute compute) {
    return new Learning(config, optimizer, compute, ComputeDevice.cpu());
  }

  private static StudyBatch batch(long seed) {
    return SmallNetworks.batch(4, seed);
  }

  @ParameterizedTest
  @CsvSource({"false, FLOAT32, 0", "true, FLOAT32, 3", "false, BFLOAT16, 2"})
  void shouldLearnFromReports(boolean released, Precision precision, int microBatch) {
    ModelConfig config =
        convolutional(released ? SmallNetworks.released(0) : SmallNetworks.paper(0));
    Compute compute = new Compute(precision, microBatch);
    try (RefersTraining training = RefersTraining.start(learning(config, OPTIMIZER, compute), 7)) {
      double first = training.step(batch(1), RATES, 0).losses().total();

      double last = first;
      for (int step = 1; step < 15; step++) {
        last = training.step(batch(1), RATES, step).losses().total();
      }

      assertThat(last).isLessThan(0.9 * first);
      assertThat(training.evaluate(batch(1)).loss()).isLessThan(first);
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "2"})
  void shouldGoOnWithTheSameBits(int microBatch) throws IOException {
    Learning learning = learning(CONFIG, OPTIMIZER, new Compute(Precision.FLOAT32, microBatch));
    Path weights = directory.resolve("model.safetensors");
    Path state = directory.resolve("optimizer.safetensors");
    String expected;
    try (RefersTraining training = RefersTraining.start(learning, 7)) {
      training.step(batch(1), RATES, 1);
      training.save(weights, state);
      training.step(batch(2), RATES, 2);
      expected = training.weightsDigest();
    }

    try (RefersTraining resumed = RefersTraining.resume(learning, weights, state)) {
      resumed.step(batch(2), RATES, 2);

      assertThat(resumed.weightsDigest()).isEqualTo(expected);
      assertThat(SavedRun.of(resumed, directory).weights())
          .containsKeys("resnet.bn1.running_mean", "resnet.layer2.0.downsample.1.running_var");
      assertThat(SavedRun.of(resumed, directory).state().keySet())
          .contains("resnet.conv1.weight", "lookahead.resnet.conv1.weight")
          .noneMatch(name -> name.contains("running"));
    }
  }

  @Test
  void shouldCountRunningStatisticsInTheDigestOfWeights() {
    try (RefersTraining training =
        RefersTraining.start(learning(CONFIG, OPTIMIZER, Compute.PLAIN), 7)) {
      String before = training.weightsDigest();

      training.step(batch(1), new LearningRates(0, 0), 1);

      assertThat(training.weightsDigest()).isNotEqualTo(before);
    }
  }

  @Test
  void shouldKeepFrozenBlocksAsTheyAre() throws IOException {
    OptimizerConfig optimizer = new OptimizerConfig(0.9, 1e-4, 1, Lookahead.OFF, new Freeze(1, 0));
    try (RefersTraining training =
        RefersTraining.start(learning(CONFIG, optimizer, Compute.PLAIN), 7)) {
      Map<String, float[]> before = SavedRun.of(training, directory).weights();

      training.step(batch(1), RATES, 1);

      SavedRun.of(training, directory)
          .weights()
          .forEach(
              (name, now) ->
                  assertThat(Arrays.equals(now, before.get(name)))
                      .as(name)
                      .isEqualTo(name.matches("resnet\\.(conv1|bn1|layer1).*")));
    }
  }

  @Test
  void shouldAnswerByTheRunningStatistics() throws IOException {
    Path weights = directory.resolve("model.safetensors");
    float[][] expected;
    try (RefersTraining training =
        RefersTraining.start(learning(CONFIG, OPTIMIZER, Compute.PLAIN), 7)) {
      training.step(batch(1), RATES, 1);
      training.save(weights, directory.resolve("state"));
      expected = training.evaluate(batch(2)).studies();
    }

    try (Refers network = Refers.load(CONFIG, weights, ComputeDevice.cpu())) {
      float[][] alone = network.embedStudies(batch(2).parts(1).get(3).images(), 1);

      assertThat(alone[0]).containsExactly(expected[3], within(1e-5f));
    }
  }

  private static ModelConfig labelled(Fusion fusion) {
    return SmallNetworks.with(
        SmallNetworks.with(CONFIG, fusion),
        new Objectives(0, 0, 1, 0.1, 1, LanguageMean.REPORT),
        FINDINGS);
  }

  /** With each view by itself every place has the same gradient: then both maps are one. */
  @Test
  void shouldExplainByClassActivation() throws IOException {
    ModelConfig config = labelled(new Fusion(FusionKind.NONE, 1));
    ExplainedScore score = new ExplainedScore.Taught(0);
    float[] study = batch(1).parts(1).get(0).images();
    try (Refers network = Refers.unlearned(config, 4, ComputeDevice.cpu(), Precision.FLOAT32)) {
      StudyMaps weighted = network.explain(study, score, MapKind.GRADIENT);
      StudyMaps activation = network.explain(study, score, MapKind.ACTIVATION);

      for (int view = 0; view < 3; view++) {
        assertThat(weighted.views().get(view).grid()).isEqualTo(4);
        assertThat(weighted.views().get(view).values())
            .containsExactly(activation.views().get(view).values(), within(1e-5f));
      }
      assertThat(weighted.views().get(0).values()).isNotEqualTo(weighted.views().get(1).values());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SOFTMAX, ATTENTION, has no attention",
    "SIGMOID, ATTENTION, has no attention",
    "SIGMOID, GRADIENT, not made of patches",
    "SIGMOID, ACTIVATION, not made of patches"
  })
  void shouldSayWhichMapsThereAreNot(FusionKind fusion, MapKind kind, String reason)
      throws IOException {
    ModelConfig config = labelled(new Fusion(fusion, 8));
    float[] study = batch(1).parts(1).get(0).images();
    try (Refers network = Refers.unlearned(config, 3, ComputeDevice.cpu(), Precision.FLOAT32)) {
      assertThatThrownBy(() -> network.explain(study, new ExplainedScore.Taught(0), kind))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(reason);
      assertThat(kind.fits(config)).isFalse();
    }
  }

  @Test
  void shouldSayThatNoVisionTransformerComesOfItNorGoesIn() {
    HuggingFaceExport export = new HuggingFaceExport(CONFIG, 0, Map.of());
    InitialWeights initial = new InitialWeights(directory.toString(), "", "");

    assertThatThrownBy(() -> export.write(directory.resolve("none"), directory.resolve("out")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("residual network");
    assertThatThrownBy(() -> PretrainedWeights.open(initial, CONFIG, List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("model.radiograph.encoder");
    assertThat(directory.resolve("out")).doesNotExist();
  }
}
