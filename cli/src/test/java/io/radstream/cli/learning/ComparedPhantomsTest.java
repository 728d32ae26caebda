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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a small network that compares pictures of phantoms (C2L) makes of others. */
class ComparedPhantomsTest {

  private static final int SIDE = 32;
  private static final int STEPS = 60;
  private static final LearningRates NONE = new LearningRates(0, 0);

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private static ModelConfig config(ImageEncoderKind encoder) {
    ModelConfig tiny = ModelPreset.TINY.config(50);
    Radiograph old = tiny.radiograph();
    Radiograph small =
        new Radiograph(SIDE, 4, 32, 2, 2, 64, old.activation(), old.positions(), old.recurrence());
    return new ModelConfig(
        small.with(encoder, new Residual(List.of(1, 1), false, 16)),
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
            new ImageComparison(1, 16, 256, 0.9, 0.2)),
        List.of());
  }

  /** A network that knows nothing takes all pictures for one: it has the loss of who guesses. */
  @ParameterizedTest
  @EnumSource
  void shouldFindPicturesAgainThatItHasNotLearnedFrom(ImageEncoderKind encoder) {
    ModelConfig config = config(encoder);
    PhantomPictures seen = new PhantomPictures(SIDE, ObjectiveList.companions(config), 1, 12);
    StudyBatch unseen = new PhantomPictures(SIDE, ObjectiveList.companions(config), 2, 12).shown(0);
    Learning learning =
        new Learning(
            config, new OptimizerConfig(0.9, 1e-4, 1), Compute.PLAIN, ComputeDevice.best());
    try (RefersTraining training = RefersTraining.start(learning, 1)) {
      for (int step = 0; step < 3; step++) {
        training.step(seen.shown(step), NONE, step); // fills the queue
      }
      double before = training.evaluate(unseen).loss();

      for (int step = 3; step < STEPS; step++) {
        double rate = 0.1 * Math.min(1, (STEPS - step) / 20.0);
        training.step(seen.shown(step), new LearningRates(rate, rate), step);
      }

      double after = training.evaluate(unseen).loss();
      assertThat(after).as("from %s", before).isLessThan(0.75 * before);
    }
  }
}
