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
import io.radstream.model.config.ModelVariant;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.Objectives.LanguageMean;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.Restoration;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.ObjectiveList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a small network that restores pictures of phantoms makes of others. */
class RestoredPhantomsTest {

  private static final int SIDE = 32;
  private static final int STEPS = 100;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  static Stream<Restoration> objectives() {
    return Stream.of(new Restoration(1, 0, 0), new Restoration(0, 1, 0));
  }

  private static ModelConfig config(Restoration restoration) {
    ModelConfig tiny = ModelPreset.TINY.config(ModelVariant.PAPER, 50, 50);
    Radiograph old = tiny.radiograph();
    return new ModelConfig(
        new Radiograph(SIDE, 4, 32, 2, 2, 64, old.activation(), old.positions(), old.recurrence()),
        tiny.fusion(),
        tiny.report(),
        tiny.text(),
        new Objectives(0, 0, 0, 0.1, 1, LanguageMean.REPORT, restoration, ImageComparison.OFF),
        List.of());
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void shouldRestorePicturesThatItHasNotLearnedFrom(Restoration restoration) {
    ModelConfig config = config(restoration);
    PhantomPictures seen = new PhantomPictures(SIDE, ObjectiveList.companions(config), 1, 24);
    StudyBatch unseen = new PhantomPictures(SIDE, ObjectiveList.companions(config), 2, 12).shown(0);
    Learning learning =
        new Learning(
            config, new OptimizerConfig(0.9, 1e-4, 1), Compute.PLAIN, ComputeDevice.best());
    try (RefersTraining training = RefersTraining.start(learning, 1)) {
      double before = training.evaluate(unseen).loss();

      for (int step = 0; step < STEPS; step++) {
        double rate = 0.1 * Math.min(1, (STEPS - step) / 30.0);
        training.step(seen.shown(step), new LearningRates(rate, rate), step);
      }

      double after = training.evaluate(unseen).loss();
      assertThat(after).isLessThan(0.5 * before).isLessThan(asGiven(unseen));
    }
  }

  /** The loss of who answers with the spoiled picture itself. */
  private static double asGiven(StudyBatch batch) {
    float[] given = batch.companions().values().iterator().next();
    double sum = 0;
    for (int i = 0; i < given.length; i++) {
      sum += Math.pow(given[i] - batch.images()[i], 2);
    }
    return sum / given.length;
  }
}
