package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.radstream.model.config.Compute;
import io.radstream.model.config.ImageComparison;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.MaskedModelling;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.Objectives.Contrast;
import io.radstream.model.config.Objectives.LanguageMean;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.Precision;
import io.radstream.model.config.Restoration;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.measure.Footprint;
import io.radstream.model.measure.Footprint.Part;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.Evaluation;
import io.radstream.model.training.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks that restore what is hidden of pictures and reports. */
final class MaskedModellingTest {

  private static final OptimizerConfig OPTIMIZER = new OptimizerConfig(0.9, 1e-4, 0);
  private static final LearningRates RATES = new LearningRates(0.01, 0.01);
  private static final MaskedModelling BOTH = new MaskedModelling(1, 1, 0.75, 0.5, 1, 1, true);
  private static final int SIDE = 32;
  private static final int VIEWS = 3;
  private static final int SLOPE_STEPS = 150;
  private static final ModelConfig ALONE = config(0, 0, 0, BOTH, List.of());

  @TempDir private Path directory;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private static ModelConfig config(
      double contrastive,
      double language,
      double labels,
      MaskedModelling masked,
      List<String> findings) {
    Objectives objectives =
        new Objectives(
            contrastive,
            language,
            labels,
            0.1,
            1,
            LanguageMean.REPORT,
            Restoration.NONE,
            ImageComparison.OFF,
            Contrast.SOFTMAX,
            0,
            masked);
    return SmallNetworks.with(SmallNetworks.paper(0), objectives, findings);
  }

  private static StudyBatch batch() {
    return SmallNetworks.batch(5, 1).with(11, 12, 13, 14, 15);
  }

  private static StudyBatch unreported(StudyBatch batch, int studies) {
    int[][] tokens = batch.tokens().clone();
    Arrays.fill(tokens, 0, studies, new int[0]);
    return new StudyBatch(batch.images(), tokens).with(batch.draws());
  }

  private static Learning learning(ModelConfig config, int microBatch) {
    return new Learning(
        config, OPTIMIZER, new Compute(Precision.FLOAT32, microBatch), ComputeDevice.best());
  }

  private static RefersTraining training(ModelConfig config, int microBatch) {
    return RefersTraining.start(learning(config, microBatch), 1);
  }

  @Test
  void shouldLearnBothWithoutLookingAtWholeStudies() {
    try (RefersTraining training = training(ALONE, 0)) {
      Evaluation before = training.evaluate(batch());
      for (int step = 0; step < 40; step++) {
        training.step(batch(), RATES, step);
      }

      Evaluation after = training.evaluate(batch());

      assertThat(after.losses().byObjective().keySet())
          .containsExactly("masked_pictures", "masked_reports");
      after
          .losses()
          .byObjective()
          .forEach(
              (name, loss) ->
                  assertThat(loss)
                      .as(name)
                      .isLessThan(0.97 * before.losses().of(name).orElseThrow()));
      assertThat(after.studies()).isEmpty();
      assertThat(after.reports()).isEmpty();
    }
  }

  /** Each picture is a slope of its own, and their mean is flat: only what is shown tells it. */
  @Test
  void shouldRestorePicturesByWhatIsShownOfThem() {
    MaskedModelling pictures = new MaskedModelling(1, 0, 0.75, 0.5, 1, 1, false);
    OptimizerConfig plain = new OptimizerConfig(0.9, 0, 1);
    OptimizerConfig adam =
        new OptimizerConfig(
            0.9, 0, 1, plain.lookahead(), plain.freeze(), OptimizerConfig.Kind.ADAM);
    Learning learning =
        new Learning(
            config(0, 0, 0, pictures, List.of()), adam, Compute.PLAIN, ComputeDevice.best());
    StudyBatch unseen = slopes(16, -1);
    try (RefersTraining training = RefersTraining.start(learning, 1)) {

      for (int step = 0; step < SLOPE_STEPS; step++) {
        double rate = 0.005 * Math.min(1, (SLOPE_STEPS - step) / 40.0);
        training.step(slopes(8, step), new LearningRates(rate, rate), step);
      }

      assertThat(training.evaluate(unseen).loss()).isLessThan(0.3 * meanSquare(unseen.images()));
    }
  }

  private static StudyBatch slopes(int studies, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] images = new float[studies * VIEWS * SIDE * SIDE];
    double across = 0;
    double down = 0;
    for (int i = 0; i < images.length; i++) {
      if (i % (SIDE * SIDE) == 0) {
        across = random.nextDouble(-2, 2);
        down = random.nextDouble(-2, 2);
      }
      double x = (double) (i % SIDE) / SIDE - 0.5;
      double y = (double) (i / SIDE % SIDE) / SIDE - 0.5;
      images[i] = (float) (across * x + down * y);
    }
    return new StudyBatch(images, new int[studies][0]).with(random.longs(studies).toArray());
  }

  private static double meanSquare(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value * value;
    }
    return sum / values.length;
  }

  /** The parts have other numbers of hidden tokens, and one of them none. */
  @Test
  void shouldTakeTheSameStepInPartsAsWhole() {
    ModelConfig beside = config(1, 0, 0, BOTH, List.of());
    for (StudyBatch batch : List.of(batch(), unreported(batch(), 2))) {
      ModelConfig config = batch.tokens()[0].length == 0 ? ALONE : beside;
      try (RefersTraining whole = training(config, 0);
          RefersTraining parts = training(config, 2)) {
        StepResult expected = whole.step(batch, RATES, 0);

        StepResult actual = parts.step(batch, RATES, 0);

        expected
            .losses()
            .byObjective()
            .forEach(
                (name, loss) ->
                    assertThat(actual.losses().of(name).orElseThrow())
                        .as(name)
                        .isCloseTo(loss, within(1e-4)));
        assertThat(actual.gradientNorm()).isCloseTo(expected.gradientNorm(), within(1e-3));
      }
    }
  }

  @Test
  void shouldCountNothingForAStudyWithoutAReport() {
    ModelConfig reports =
        config(0, 0, 0, new MaskedModelling(0, 1, 0.75, 0.5, 1, 1, true), List.of());
    StudyBatch some = unreported(batch(), 3);
    int values = some.images().length / 5;
    StudyBatch reported =
        new StudyBatch(
                Arrays.copyOfRange(some.images(), 3 * values, 5 * values),
                Arrays.copyOfRange(some.tokens(), 3, 5))
            .with(14, 15);
    try (RefersTraining training = training(reports, 0)) {
      double loss = training.evaluate(some).loss();

      assertThat(loss).isCloseTo(training.evaluate(reported).loss(), within(1e-5));
      String before = training.weightsDigest();
      StepResult none = training.step(unreported(batch(), 5), new LearningRates(0, 0), 0);
      assertThat(none.losses().total()).isZero();
      assertThat(none.gradientNorm()).isZero();
      assertThat(training.weightsDigest()).isEqualTo(before);
    }
  }

  @Test
  void shouldHideOtherPartsByAnotherDrawAndTheSameByTheSame() {
    try (RefersTraining training = training(ALONE, 0)) {
      Map<String, Double> losses = training.evaluate(batch()).losses().byObjective();

      Map<String, Double> again = training.evaluate(batch()).losses().byObjective();
      Map<String, Double> other =
          training.evaluate(batch().with(1, 2, 3, 4, 5)).losses().byObjective();

      assertThat(again).isEqualTo(losses);
      assertThat(other.get("masked_pictures")).isNotEqualTo(losses.get("masked_pictures"));
      assertThat(other.get("masked_reports")).isNotEqualTo(losses.get("masked_reports"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BFLOAT16", "FLOAT16"})
  void shouldGiveTheSameLossesInSixteenBits(Precision precision) {
    Learning narrow =
        new Learning(ALONE, OPTIMIZER, new Compute(precision, 0), ComputeDevice.best());
    try (RefersTraining wide = training(ALONE, 0);
        RefersTraining training = RefersTraining.start(narrow, 1)) {
      StepResult expected = wide.step(batch(), RATES, 0);

      StepResult found = training.step(batch(), RATES, 0);

      assertThat(found.losses().total()).isCloseTo(expected.losses().total(), withinPercentage(3));
      assertThat(found.gradientNorm()).isCloseTo(expected.gradientNorm(), withinPercentage(10));
    }
  }

  /** What is off has no part in a step, whatever its other settings. */
  @Test
  void shouldChangeNothingWhereItsWeightsAreZero() {
    MaskedModelling off = new MaskedModelling(0, 0, 0.3, 0.2, 2, 2, false);
    try (RefersTraining plain = training(config(1, 1, 0, MaskedModelling.OFF, List.of()), 0);
        RefersTraining same = training(config(1, 1, 0, off, List.of()), 0)) {
      plain.step(SmallNetworks.batch(5, 1), RATES, 0);

      same.step(batch(), RATES, 0);

      assertThat(same.weightsDigest()).isEqualTo(plain.weightsDigest());
    }
  }

  @Test
  void shouldGoOnFromSavedFilesWithTheSameBits() throws IOException {
    Path weights = directory.resolve("weights");
    Path state = directory.resolve("state");
    try (RefersTraining training = training(ALONE, 0)) {
      training.step(batch(), RATES, 0);
      training.save(weights, state);
      training.step(batch(), RATES, 1);

      try (RefersTraining resumed = RefersTraining.resume(learning(ALONE, 0), weights, state)) {
        resumed.step(batch(), RATES, 1);

        assertThat(resumed.weightsDigest()).isEqualTo(training.weightsDigest());
      }
    }
  }

  @Test
  void shouldLeaveItsDecodersBehindWhereTheyAreNotNeeded() throws IOException {
    SavedRun saved;
    try (RefersTraining training = training(ALONE, 0)) {
      training.step(batch(), RATES, 0);
      saved = SavedRun.of(training, directory);
    }
    assertThat(saved.weights())
        .containsKeys(
            "masked_pictures.layer.0.intermediate.dense.weight",
            "masked_reports.word_embeddings.weight");
    ModelConfig labels = config(0, 0, 1, MaskedModelling.OFF, List.of("nodule"));

    try (RefersTraining tuned =
            RefersTraining.fineTune(learning(labels, 0), 2, saved.weightsFile());
        Refers served = Refers.load(ALONE, saved.weightsFile(), ComputeDevice.best())) {
      Map<String, float[]> weights =
          SavedRun.of(tuned, Files.createDirectory(directory.resolve("tuned"))).weights();

      assertThat(weights.keySet()).noneMatch(name -> name.startsWith("masked_"));
      assertThat(weights.get("vit.layernorm.weight"))
          .containsExactly(saved.weights().get("vit.layernorm.weight"));
      assertThat(served.embedStudies(batch().images(), 5)).hasDimensions(5, 72);
    }
  }

  /** 4 of 16 patches are shown; the report has 12 tokens, 5 of them hidden. */
  @Test
  void shouldTellWhatItTakes() {
    List<Part> parts = Footprint.of(ALONE).parts();

    long block = 4 * (24 * 24 + 24) + 2 * 24 * 48 + 48 + 24 + 4 * 24;
    long pictures = 24 * 24 + 24 + 24 + block + 2 * 24 + 24 * 64 + 64;
    long textBlock = 4 * (16 * 16 + 16) + 2 * 16 * 32 + 32 + 16 + 4 * 16;
    long head = 16 * 16 + 16 + 2 * 16 + 50;
    long reports = 50 * 16 + 16 + 12 * 16 + 2 * 16 + 24 * 16 + 16 + textBlock + head;
    assertThat(parts)
        .extracting(Part::name)
        .containsExactly("radiograph transformer", "view fusion", "objectives' own");
    assertThat(parts.get(2).parameters()).isEqualTo(pictures + reports);
    long shown = 2 * (4 * 64 * 24 + 5 * 48 * 24 + 4 * 48 * 24);
    long layer = attention(5, 24) + 2 * 2 * 5 * 24 * 48;
    long restoring = 2 * (5 * 24 * 24 + 12 * 24 * 64) + attention(17, 24) + 2 * 2 * 17 * 24 * 48;
    long reading =
        2 * 24 * 16 + attention(12, 16) + 2 * 2 * 12 * 16 * 32 + 2 * 5 * (16 * 16 + 16 * 50);
    assertThat(parts.get(2).flops()).isEqualTo(3 * (shown + 2 * layer + restoring) + reading);
  }

  private static long attention(long tokens, long width) {
    return 4 * 2 * tokens * width * width + 2 * 2 * tokens * tokens * width;
  }
}
