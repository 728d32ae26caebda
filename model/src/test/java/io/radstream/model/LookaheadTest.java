package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.radstream.model.config.Compute;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.OptimizerConfig.Freeze;
import io.radstream.model.config.OptimizerConfig.Lookahead;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookaheadTest {

  private static final ModelConfig CONFIG = SmallNetworks.paper(0.1);
  private static final LearningRates RATES = new LearningRates(0.01, 0.01);
  private static final int EVERY = 3;
  private static final float ALPHA = 0.25f;
  private static final float ROUNDING = 1e-6f;
  private static final OptimizerConfig PLAIN = new OptimizerConfig(0.9, 1e-4, 10);
  private static final OptimizerConfig LOOKAHEAD =
      new OptimizerConfig(0.9, 1e-4, 10, new Lookahead(EVERY, ALPHA), Freeze.NOTHING);

  @TempDir Path directory;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private static void steps(RefersTraining training, int from, int to) {
    for (int step = from; step < to; step++) {
      training.step(RandomStudies.batch(3, step, 0), RATES, step);
    }
  }

  private SavedRun after(int steps, OptimizerConfig optimizer) throws IOException {
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(CONFIG, optimizer, Compute.PLAIN, ComputeDevice.best()), 7)) {
      steps(training, 0, steps);
      return SavedRun.of(training, directory);
    }
  }

  private SavedRun goOn(SavedRun run, OptimizerConfig optimizer, int from, int to)
      throws IOException {
    try (RefersTraining training = run.resume(CONFIG, optimizer, Compute.PLAIN)) {
      steps(training, from, to);
      return SavedRun.of(training, directory);
    }
  }

  @Test
  void shouldGoTheWayOfTheInnerOptimizerBetweenMoves() throws IOException {
    Map<String, float[]> plain = after(EVERY - 1, PLAIN).weights();

    Map<String, float[]> weights = after(EVERY - 1, LOOKAHEAD).weights();

    assertThat(weights).isNotEmpty().hasSameSizeAs(plain);
    weights.forEach((name, values) -> assertThat(values).as(name).isEqualTo(plain.get(name)));
  }

  @Test
  void shouldGoAPartOfTheWay() throws IOException {
    Map<String, float[]> slow = after(0, PLAIN).weights();
    Map<String, float[]> fast = after(EVERY, PLAIN).weights();

    SavedRun run = after(EVERY, LOOKAHEAD);

    assertPartOfTheWay(slow, fast, run);
  }

  @Test
  void shouldGoOnFromWhereItMovedTo() throws IOException {
    SavedRun moved = after(EVERY, LOOKAHEAD);
    SavedRun fast = goOn(moved, PLAIN, EVERY, 2 * EVERY);

    SavedRun run = after(2 * EVERY, LOOKAHEAD);

    assertPartOfTheWay(moved.weights(), fast.weights(), run);
  }

  private static void assertPartOfTheWay(
      Map<String, float[]> slow, Map<String, float[]> fast, SavedRun run) {
    assertThat(run.weights()).isNotEmpty();
    run.weights()
        .forEach(
            (name, values) -> {
              float[] expected = slow.get(name).clone();
              for (int i = 0; i < expected.length; i++) {
                expected[i] += ALPHA * (fast.get(name)[i] - expected[i]);
              }
              assertThat(values).as(name).containsExactly(expected, within(ROUNDING));
              assertThat(run.state().get("lookahead." + name)).as(name).isEqualTo(values);
            });
  }

  @Test
  void shouldGoOnAfterResumeBetweenMovesAsIfNeverStopped() throws IOException {
    SavedRun straight = after(EVERY + 2, LOOKAHEAD);
    SavedRun stopped = after(EVERY - 1, LOOKAHEAD);

    SavedRun resumed = goOn(stopped, LOOKAHEAD, EVERY - 1, EVERY + 2);

    assertSame(resumed.weights(), straight.weights());
    assertSame(resumed.state(), straight.state());
  }

  private static void assertSame(Map<String, float[]> actual, Map<String, float[]> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    actual.forEach((name, values) -> assertThat(values).as(name).isEqualTo(expected.get(name)));
  }
}
