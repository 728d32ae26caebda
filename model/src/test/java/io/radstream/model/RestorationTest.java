package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.radstream.model.config.Compute;
import io.radstream.model.config.ImageComparison;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.Objectives.LanguageMean;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.Precision;
import io.radstream.model.config.Restoration;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.measure.Footprint;
import io.radstream.model.measure.Footprint.Part;
import io.radstream.model.network.CompanionKind;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.Evaluation;
import io.radstream.model.training.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that restore pictures, alone or beside what they learn of reports. */
final class RestorationTest {

  private static final OptimizerConfig OPTIMIZER = new OptimizerConfig(0.9, 1e-4, 0);
  private static final LearningRates RATES = new LearningRates(0.01, 0.01);
  private static final ModelConfig ALONE = config(0, 0, new Restoration(1, 0.5, 1), List.of());
  private static final ModelConfig LABELS = config(0, 1, Restoration.NONE, List.of("nodule"));

  private static final int[][] WORDS = {
    {0, 1, -1}, {43, -1, -1}, {-1, -1, -1}, {3, 4, 5}, {0, 1, 2}
  };

  @TempDir private Path directory;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private static ModelConfig config(
      double contrastive, double labels, Restoration restoration, List<String> findings) {
    Objectives objectives =
        new Objectives(
            contrastive, 0, labels, 0.1, 1, LanguageMean.REPORT, restoration, ImageComparison.OFF);
    return SmallNetworks.with(SmallNetworks.paper(0), objectives, findings);
  }

  private static StudyBatch batch() {
    return SmallNetworks.batch(5, 1)
        .with(CompanionKind.SWAPPED_PATCHES, SmallNetworks.batch(5, 2).images())
        .with(CompanionKind.DISTORTED, SmallNetworks.batch(5, 3).images())
        .with(CompanionKind.WORD, SmallNetworks.batch(5, 4).images())
        .with(CompanionKind.DISTORTED_WORD, SmallNetworks.batch(5, 5).images())
        .with(WORDS);
  }

  private static Learning learning(ModelConfig config, int microBatch) {
    return new Learning(
        config, OPTIMIZER, new Compute(Precision.FLOAT32, microBatch), ComputeDevice.best());
  }

  private static RefersTraining training(ModelConfig config, int microBatch) {
    return RefersTraining.start(learning(config, microBatch), 1);
  }

  @Test
  void shouldLearnWithoutLookingAtStudiesOrReports() {
    try (RefersTraining training = training(ALONE, 0)) {
      StepResult first = training.step(batch(), RATES, 0);
      for (int step = 1; step < 30; step++) {
        training.step(batch(), RATES, step);
      }

      Evaluation found = training.evaluate(batch());

      assertThat(first.losses().byObjective().keySet())
          .containsExactly("context_restoration", "models_genesis", "transvw");
      assertThat(found.losses().total()).isLessThan(0.9 * first.losses().total());
      assertThat(found.studies()).isEmpty();
      assertThat(found.reports()).isEmpty();
    }
  }

  @Test
  void shouldTakeTheSameStepInPartsAsWhole() {
    ModelConfig both = config(1, 0, new Restoration(1, 0, 1), List.of());
    try (RefersTraining whole = training(both, 0);
        RefersTraining parts = training(both, 2)) {
      StepResult expected = whole.step(batch(), RATES, 0);

      StepResult actual = parts.step(batch(), RATES, 0);

      expected
          .losses()
          .byObjective()
          .forEach(
              (name, loss) ->
                  assertThat(actual.losses().of(name).orElseThrow()).isCloseTo(loss, within(1e-4)));
      assertThat(actual.gradientNorm()).isCloseTo(expected.gradientNorm(), within(1e-3));
      assertThat(parts.evaluate(batch()).studies()).hasDimensions(5, 72);
    }
  }

  /** A picture that is shown twice counts as often as it is shown. */
  @Test
  void shouldCountARepeatedPictureAsOftenAsItIsShown() {
    StudyBatch three = SmallNetworks.batch(3, 1);
    int size = three.images().length / 9;
    float[] images = three.images();
    System.arraycopy(images, 0, images, size, size);
    float[] companions = SmallNetworks.batch(3, 2).images();
    System.arraycopy(companions, 0, companions, size, size);
    StudyBatch repeated = three.with(CompanionKind.SWAPPED_PATCHES, companions);
    // The same but for a change that is too small to matter, and big enough to tell pictures apart.
    float[] apart = companions.clone();
    apart[size] += 1e-6f;
    ModelConfig context = config(0, 0, new Restoration(1, 0, 0), List.of());
    try (RefersTraining training = training(context, 0)) {
      double loss = training.evaluate(repeated).loss();

      double other = training.evaluate(three.with(CompanionKind.SWAPPED_PATCHES, apart)).loss();

      assertThat(loss).isCloseTo(other, within(1e-5));
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
  void shouldLeaveItsDecoderBehindWhereItIsNotNeeded() throws IOException {
    SavedRun saved;
    try (RefersTraining training = training(ALONE, 0)) {
      training.step(batch(), RATES, 0);
      saved = SavedRun.of(training, directory);
    }
    assertThat(saved.weights()).containsKey("context_restoration.pixels.weight");

    try (RefersTraining tuned =
            RefersTraining.fineTune(learning(LABELS, 0), 2, saved.weightsFile());
        Refers served = Refers.load(ALONE, saved.weightsFile(), ComputeDevice.best())) {
      Map<String, float[]> weights =
          SavedRun.of(tuned, Files.createDirectory(directory.resolve("tuned"))).weights();

      assertThat(weights.keySet())
          .contains("label_head.dense.weight")
          .noneMatch(name -> name.startsWith("context_") || name.startsWith("models_"))
          .noneMatch(name -> name.startsWith("transvw."));
      assertThat(weights.get("vit.layernorm.weight"))
          .containsExactly(saved.weights().get("vit.layernorm.weight"));
      assertThat(served.embedStudies(batch().images(), 5)).hasDimensions(5, 72);
    }
  }

  @Test
  void shouldTellWhatItsDecoderTakes() {
    Footprint footprint = Footprint.of(ALONE);

    assertThat(footprint.parts())
        .extracting(Part::name)
        .containsExactly("radiograph transformer", "view fusion", "objectives' own");
    long decoder = 24 * 24 + 24 + 64 * 24 + 64;
    long head = 24 * CompanionKind.WORDS + CompanionKind.WORDS;
    assertThat(footprint.parts().get(2).parameters()).isEqualTo(3 * decoder + head);
    long decoding = 2 * (16L * 24 * 24 + 16 * 24 * 64);
    assertThat(footprint.parts().get(0).flops()).isZero();
    assertThat(footprint.parts().get(2).flops()).isGreaterThan(3 * 3 * decoding);
  }
}
