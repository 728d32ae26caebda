package io.radstream.cli.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.model.Learning;
import io.radstream.model.RefersTraining;
import io.radstream.model.config.Compute;
import io.radstream.model.config.ImageComparison;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.ImageEncoderKind;
import io.radstream.model.config.ModelConfig.Radiograph;
import io.radstream.model.config.ModelConfig.Residual;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.Objectives.LanguageMean;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.Restoration;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.ObjectiveList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a small residual network that compares pictures of phantoms (C2L) makes of others. */
class ComparedPhantomsTest {

  private static final int SIDE = 32;
  private static final int SETTLING = 30;
  private static final int LEARNING = 200;
  private static final int QUEUE = 256;

  /** The loss of who takes the own key and all others for alike. */
  private static final double GUESSING = Math.log(1 + QUEUE);

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private static ModelConfig config() {
    ModelConfig tiny = ModelPreset.TINY.config(50);
    Radiograph old = tiny.radiograph();
    Radiograph small =
        new Radiograph(SIDE, 4, 32, 2, 2, 64, old.activation(), old.positions(), old.recurrence());
    return new ModelConfig(
        small.with(ImageEncoderKind.CONVOLUTIONAL, new Residual(List.of(1, 1), false, 16)),
        tiny.fusion(),
        tiny.report(),
        tiny.text(),
        new Objectives(
            0,
            0,
            0,
            0.1,
            1,
            LanguageMean.REPORT,
            Restoration.NONE,
            new ImageComparison(1, 16, QUEUE, 0.9, 0.2)),
        List.of());
  }

  /**
   * Both times the rate has been 0 for long enough: the running statistics have settled, and the
   * queue holds keys of the encoder as it is. Keys of an earlier one are easily told from today's,
   * and a loss that is small for that says nothing.
   */
  @Test
  void shouldFindPicturesAgainThatItHasNotLearnedFrom() {
    ModelConfig config = config();
    PhantomPictures seen = new PhantomPictures(SIDE, ObjectiveList.companions(config), 1, 24);
    StudyBatch unseen = new PhantomPictures(SIDE, ObjectiveList.companions(config), 2, 12).shown(0);
    Learning learning =
        new Learning(
            config, new OptimizerConfig(0.9, 1e-4, 1), Compute.PLAIN, ComputeDevice.best());
    try (RefersTraining training = RefersTraining.start(learning, 1)) {
      step(training, seen, 0, SETTLING, 0);
      double before = training.evaluate(unseen).loss();

      step(training, seen, SETTLING, LEARNING, 0.03);
      step(training, seen, SETTLING + LEARNING, SETTLING, 0);

      double after = training.evaluate(unseen).loss();
      assertThat(before).isLessThan(GUESSING);
      assertThat(after).as("from %s", before).isLessThan(before - 0.5);
    }
  }

  private static void step(
      RefersTraining training, PhantomPictures seen, int from, int steps, double rate) {
    for (int step = from; step < from + steps; step++) {
      training.step(seen.shown(step), new LearningRates(rate, rate), step);
    }
  }
}
