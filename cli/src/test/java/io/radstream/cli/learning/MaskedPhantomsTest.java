package io.radstream.cli.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.model.Learning;
import io.radstream.model.RefersTraining;
import io.radstream.model.config.Compute;
import io.radstream.model.config.ImageComparison;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.MaskedModelling;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.Radiograph;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.ModelVariant;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.Objectives.Contrast;
import io.radstream.model.config.Objectives.LanguageMean;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.Restoration;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.BatchLosses;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a small network that restores what is hidden of phantoms makes of others. */
class MaskedPhantomsTest {

  private static final int SIDE = 32;
  private static final int STEPS = 120;
  private static final int VOCABULARY = 400;
  private static final int GROUPS = 12;
  private static final OptimizerConfig SGD = new OptimizerConfig(0.9, 0, 1);
  private static final OptimizerConfig ADAM =
      new OptimizerConfig(0.9, 0, 1, SGD.lookahead(), SGD.freeze(), OptimizerConfig.Kind.ADAM);

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private static ModelConfig config() {
    ModelConfig tiny = ModelPreset.TINY.config(ModelVariant.PAPER, VOCABULARY, VOCABULARY);
    Radiograph old = tiny.radiograph();
    return new ModelConfig(
        new Radiograph(SIDE, 4, 32, 2, 2, 64, old.activation(), old.positions(), old.recurrence()),
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
            ImageComparison.OFF,
            Contrast.SOFTMAX,
            0,
            new MaskedModelling(1, 1, 0.75, 0.5, 1, 1, false)),
        List.of());
  }

  /** A number for each word, and two for the ends. */
  private static int[] tokens(String report) {
    IntStream words =
        Arrays.stream(report.toLowerCase(Locale.ROOT).split("\\W+"))
            .mapToInt(word -> 2 + Math.floorMod(word.hashCode(), VOCABULARY - 2));
    return IntStream.concat(IntStream.concat(IntStream.of(0), words), IntStream.of(1)).toArray();
  }

  /** Most of the pictures' loss falls at once, the rest takes thousands of steps. */
  @Test
  void shouldRestoreWhatIsHiddenOfStudiesThatItHasNotLearnedFrom() {
    List<PhantomPictures> seen =
        LongStream.range(0, GROUPS).mapToObj(group -> phantoms(10 + group, 12)).toList();
    StudyBatch unseen = phantoms(1, 24).shown(0);
    Learning learning = new Learning(config(), ADAM, Compute.PLAIN, ComputeDevice.best());
    try (RefersTraining training = RefersTraining.start(learning, 1)) {
      BatchLosses before = training.evaluate(unseen).losses();

      for (int step = 0; step < STEPS; step++) {
        double rate = 0.003 * Math.min(1, (STEPS - step) / 30.0);
        StudyBatch batch = seen.get(step % GROUPS).shown(step);
        training.step(batch, new LearningRates(rate, rate), step);
      }

      BatchLosses after = training.evaluate(unseen).losses();
      assertThat(of(after, "masked_pictures")).isLessThan(0.45 * of(before, "masked_pictures"));
      assertThat(of(after, "masked_reports")).isLessThan(frequencies(unseen.tokens()));
    }
  }

  private static PhantomPictures phantoms(long seed, int studies) {
    return new PhantomPictures(SIDE, Set.of(), seed, studies, MaskedPhantomsTest::tokens);
  }

  private static double of(BatchLosses losses, String name) {
    return losses.of(name).orElseThrow();
  }

  /** The loss of who answers with the frequencies of these very tokens, whatever the study. */
  private static double frequencies(int[][] reports) {
    List<Integer> all =
        Arrays.stream(reports)
            .flatMap(report -> Arrays.stream(report, 1, report.length - 1).boxed())
            .toList();
    Map<Integer, Long> counts =
        all.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return counts.values().stream()
        .mapToDouble(count -> -count * Math.log((double) count / all.size()) / all.size())
        .sum();
  }
}
