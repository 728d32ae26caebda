package io.radstream.cli.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.model.Learning;
import io.radstream.model.RefersTraining;
import io.radstream.model.config.Compute;
import io.radstream.model.config.ImageComparison;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.Radiograph;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.Objectives.LanguageMean;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.Restoration;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.CompanionKind;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.ObjectiveList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a small network that tells and restores words of anatomy (TransVW) makes of those of other
 * phantoms. They are not distorted here: distorted ones take a thousand steps and more.
 */
class WordsOfPhantomsTest {

  private static final int SIDE = 32;
  private static final int STEPS = 180;

  /** Weight of telling beside restoring, as the objective has it. */
  private static final double TELLING = 0.16;

  private static final double GUESSING = Math.log(CompanionKind.WORDS);

  /**
   * Of words, means.
   *
   * @param telling −log of the probability that a word is told for what it is
   * @param restoring squares of differences of pixels
   */
  private record Errors(double telling, double restoring) {}

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private static ModelConfig config() {
    ModelConfig tiny = ModelPreset.TINY.config(50);
    Radiograph old = tiny.radiograph();
    return new ModelConfig(
        new Radiograph(SIDE, 8, 32, 2, 2, 64, old.activation(), old.positions(), old.recurrence()),
        tiny.fusion(),
        tiny.report(),
        tiny.text(),
        new Objectives(
            0, 0, 0, 0.1, 1, LanguageMean.REPORT, new Restoration(0, 0, 1), ImageComparison.OFF),
        List.of());
  }

  @Test
  void shouldTellAndRestoreWordsThatItHasNotLearnedFrom() {
    ModelConfig config = config();
    PhantomPictures seen = new PhantomPictures(SIDE, ObjectiveList.companions(config), 1, 24);
    PhantomPictures others = new PhantomPictures(SIDE, ObjectiveList.companions(config), 2, 12);
    StudyBatch unseen = undistorted(others.shown(0));
    OptimizerConfig optimizer = new OptimizerConfig(0.9, 1e-4, 1);
    Learning learning = new Learning(config, optimizer, Compute.PLAIN, ComputeDevice.best());
    try (RefersTraining training = RefersTraining.start(learning, 1)) {
      Errors before = errors(training, unseen);

      for (int step = 0; step < STEPS; step++) {
        double rate = 0.1 * Math.min(1, (STEPS - step) / 60.0);
        training.step(undistorted(seen.shown(step)), new LearningRates(rate, rate), step);
      }

      Errors after = errors(training, unseen);
      assertThat(after.telling()).as("%s, %s", before, after).isLessThan(GUESSING - 0.4);
      assertThat(after.restoring()).isLessThan(0.25 * before.restoring());
    }
  }

  private static StudyBatch undistorted(StudyBatch batch) {
    return batch.with(CompanionKind.DISTORTED_WORD, batch.companions(CompanionKind.WORD));
  }

  /** Of one word of each study that has any. */
  private static Errors errors(RefersTraining training, StudyBatch batch) {
    List<Errors> errors =
        batch.parts(1).stream()
            .filter(study -> study.wordCount() > 0)
            .map(study -> error(training, study))
            .toList();
    return new Errors(
        errors.stream().mapToDouble(Errors::telling).average().orElseThrow(),
        errors.stream().mapToDouble(Errors::restoring).average().orElseThrow());
  }

  /** All that it could be told for have the one restoration, and probabilities that sum to 1. */
  private static Errors error(RefersTraining training, StudyBatch study) {
    int[] words = study.words()[0];
    int view =
        IntStream.range(0, words.length).filter(i -> words[i] >= 0).findFirst().orElseThrow();
    double[] losses =
        IntStream.range(0, CompanionKind.WORDS)
            .mapToDouble(word -> training.evaluate(study.with(alone(view, word))).loss())
            .toArray();
    double restoring =
        -TELLING * Math.log(Arrays.stream(losses).map(loss -> Math.exp(-loss / TELLING)).sum());
    return new Errors((losses[words[view]] - restoring) / TELLING, restoring);
  }

  private static int[][] alone(int view, int word) {
    int[] words = {-1, -1, -1};
    words[view] = word;
    return new int[][] {words};
  }
}
