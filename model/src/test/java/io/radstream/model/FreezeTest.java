package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.model.config.Compute;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.OptimizerConfig.Freeze;
import io.radstream.model.config.OptimizerConfig.Lookahead;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreezeTest {

  private static final ModelConfig CONFIG = SmallNetworks.paper(0.1);
  private static final ModelConfig LABELLED =
      SmallNetworks.with(
          CONFIG,
          new Objectives(0, 0, 1, 0.1, 1, Objectives.LanguageMean.REPORT),
          List.of("one", "other"));
  private static final LearningRates RATES = new LearningRates(0.01, 0.01);

  @TempDir Path directory;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0", "0, 1", "2, 1", "1, 2"})
  void shouldMoveAllWeightsButThoseOfFrozenLayers(int radiographLayers, int textLayers)
      throws IOException {
    Freeze freeze = new Freeze(radiographLayers, textLayers);
    OptimizerConfig optimizer = new OptimizerConfig(0.9, 1e-4, 10, Lookahead.OFF, freeze);
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(CONFIG, optimizer, Compute.PLAIN, ComputeDevice.best()), 7)) {
      Map<String, float[]> before = SavedRun.of(training, directory).weights();

      training.step(RandomStudies.batch(4, 1, 0), RATES, 0);
      training.step(RandomStudies.batch(4, 2, 0), RATES, 1);

      SavedRun after = SavedRun.of(training, directory);
      Set<String> frozen = frozen(before.keySet(), "vit.", radiographLayers);
      frozen.addAll(frozen(before.keySet(), "bert.", textLayers));
      assertThat(unmoved(before, after.weights())).isEqualTo(frozen);
      assertThat(after.state().keySet()).noneMatch(frozen::contains);
    }
  }

  /** A linear probe. */
  @Test
  void shouldMoveTheHeadAloneWhereItIsToldTo() throws IOException {
    Freeze freeze = new Freeze(0, 0, true);
    OptimizerConfig optimizer = new OptimizerConfig(0.9, 1e-4, 10, Lookahead.OFF, freeze);
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(LABELLED, optimizer, Compute.PLAIN, ComputeDevice.best()), 7)) {
      Map<String, float[]> before = SavedRun.of(training, directory).weights();

      training.step(RandomStudies.batch(4, 1, 2), RATES, 0);

      SavedRun after = SavedRun.of(training, directory);
      Set<String> moved = new TreeSet<>(before.keySet());
      moved.removeAll(unmoved(before, after.weights()));
      assertThat(moved)
          .containsExactlyInAnyOrder("label_head.dense.weight", "label_head.dense.bias");
      assertThat(after.state().keySet()).containsExactlyInAnyOrderElementsOf(moved);
    }
  }

  private static Set<String> unmoved(Map<String, float[]> before, Map<String, float[]> after) {
    Set<String> unmoved = new TreeSet<>(before.keySet());
    unmoved.removeIf(name -> !Arrays.equals(before.get(name), after.get(name)));
    return unmoved;
  }

  private static Set<String> frozen(Set<String> names, String transformer, int layers) {
    Set<String> frozen = new TreeSet<>();
    for (String name : names) {
      boolean embedding = layers > 0 && name.startsWith(transformer + "embeddings.");
      boolean first = layers > 0 && name.startsWith(transformer + "encoder.layer.0.");
      boolean second = layers > 1 && name.startsWith(transformer + "encoder.layer.1.");
      if (embedding || first || second) {
        frozen.add(name);
      }
    }
    return frozen;
  }
}
