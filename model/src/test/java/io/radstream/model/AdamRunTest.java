package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.model.config.Compute;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.OptimizerConfig.Freeze;
import io.radstream.model.config.OptimizerConfig.Kind;
import io.radstream.model.config.OptimizerConfig.Lookahead;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that Adam moves, saved and opened again. */
class AdamRunTest {

  private static final ModelConfig CONFIG = SmallNetworks.paper(0.1);
  private static final LearningRates RATES = new LearningRates(1e-3, 1e-3);
  private static final OptimizerConfig SGD = new OptimizerConfig(0.9, 1e-4, 10);
  private static final OptimizerConfig ADAM =
      new OptimizerConfig(0.9, 1e-4, 10, Lookahead.OFF, Freeze.NOTHING, Kind.ADAM);

  @TempDir Path directory;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @Test
  void shouldGoOnFromItsFilesToTheBit() throws IOException {
    SavedRun whole = after(5, ADAM);
    SavedRun half = after(3, ADAM);

    SavedRun both;
    try (RefersTraining training = half.resume(CONFIG, ADAM, Compute.PLAIN)) {
      steps(training, 3, 5);
      both = SavedRun.of(training, directory);
    }

    assertThat(both.weights().keySet()).isEqualTo(whole.weights().keySet());
    both.weights()
        .forEach(
            (name, values) -> assertThat(values).as(name).isEqualTo(whole.weights().get(name)));
    both.state()
        .forEach((name, values) -> assertThat(values).as(name).isEqualTo(whole.state().get(name)));
    assertThat(both.state().get("adam.steps")).containsExactly(5);
  }

  @Test
  void shouldNotTakeTheStateOfAnotherOptimizerForItsOwn() throws IOException {
    SavedRun descended = after(1, SGD);
    assertThatThrownBy(() -> descended.resume(CONFIG, ADAM, Compute.PLAIN))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has no tensor adam.mean.");

    SavedRun adapted = after(1, ADAM);
    assertThatThrownBy(() -> adapted.resume(CONFIG, SGD, Compute.PLAIN))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has no tensor ");
  }

  private SavedRun after(int count, OptimizerConfig optimizer) throws IOException {
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(CONFIG, optimizer, Compute.PLAIN, ComputeDevice.best()), 7)) {
      steps(training, 0, count);
      return SavedRun.of(training, directory);
    }
  }

  private static void steps(RefersTraining training, int from, int to) {
    for (int step = from; step < to; step++) {
      training.step(RandomStudies.batch(3, step, 0), RATES, step);
    }
  }
}
