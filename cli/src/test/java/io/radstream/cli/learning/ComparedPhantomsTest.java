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
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a small network that compares pictures of phantoms (C2L) makes of others. */
class ComparedPhantomsTest {

  private static final int SIDE = 32;
  private static final int SETTLING = 30;
  private static final int QUEUE = 256;

  /** The loss of who takes the own key and all others for alike. */
  private static final double GUESSING = Math.log(1 + QUEUE);

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private static ModelConfig config(ImageEncoderKind encoder) {
    ModelConfig tiny = ModelPreset.TINY.config(50);
    Radiograph old = tiny.radiograph();
    Radiograph small =
        new Radiograph(SIDE, 8, 32, 2, 2, 64, old.activation(), old.positions(), old.recurrence());
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
            new ImageComparison(1, 16, QUEUE, 0.9, 0.2)),
        List.of());
  }

  /**
   * Both times the rate has been 0 for long enough: the running statistics have settled, and the
   * queue holds keys of the encoder as it is. Keys of an earlier one are easily told from today's,
   * and a loss that is small for that says nothing. A transformer at the residual network's rate
   * learns nothing but to run away from its own earlier keys.
   */
  @ParameterizedTest
  @CsvSource({"TRANSFORMER, 0.01, 140, 0.15", "CONVOLUTIONAL, 0.03, 140, 0.4"})
  void shouldFindPicturesAgainThatItHasNotLearnedFrom(
      ImageEncoderKind encoder, double rate, int steps, double fall) {
    ModelConfig config = config(encoder);
    // The queue is to hold other studies, not those of this step as they were a step ago.
    List<PhantomPictures> seen =
        IntStream.rangeClosed(1, 4)
            .mapToObj(seed -> new PhantomPictures(SIDE, ObjectiveList.companions(config), seed, 24))
            .toList();
    StudyBatch unseen = new PhantomPictures(SIDE, ObjectiveList.companions(config), 5, 12).shown(0);
    Learning learning =
        new Learning(
            config, new OptimizerConfig(0.9, 1e-4, 1), Compute.PLAIN, ComputeDevice.best());
    try (RefersTraining training = RefersTraining.start(learning, 1)) {
      step(training, seen, 0, SETTLING, 0);
      double before = training.evaluate(unseen).loss();

      step(training, seen, SETTLING, steps, rate);
      step(training, seen, SETTLING + steps, SETTLING, 0);

      double after = training.evaluate(unseen).loss();
      assertThat(before).isLessThan(GUESSING);
      assertThat(after).isLessThan(GUESSING - 0.2);
      assertThat(after).as("from %s", before).isLessThan(before - fall);
    }
  }

  private static void step(
      RefersTraining training, List<PhantomPictures> seen, int from, int steps, double rate) {
    for (int step = from; step < from + steps; step++) {
      training.step(seen.get(step % seen.size()).shown(step), new LearningRates(rate, rate), step);
    }
  }
}
