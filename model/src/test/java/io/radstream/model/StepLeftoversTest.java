package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.radstream.model.config.Compute;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.weights.SeededWeights;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The manager of the weights lives as long as a run: what a step leaves there piles up. */
final class StepLeftoversTest {

  private static final LearningRates RATES = new LearningRates(0.01, 0.01);
  private static final OptimizerConfig OPTIMIZER =
      new OptimizerConfig(
          0.9, 1e-4, 1, new OptimizerConfig.Lookahead(2, 0.5), new OptimizerConfig.Freeze(0, 1));

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  static Stream<Arguments> cases() {
    List<ModelConfig> networks = List.of(SmallNetworks.paper(0.1), SmallNetworks.released(0.1));
    List<Compute> computes =
        List.of(
            Compute.PLAIN,
            new Compute(Precision.FLOAT32, 2),
            new Compute(Precision.BFLOAT16, 0),
            new Compute(Precision.FLOAT16, 2));
    return networks.stream()
        .flatMap(network -> computes.stream().map(compute -> Arguments.of(network, compute)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldLeaveNothingBehind(ModelConfig config, Compute compute) {
    NDManager manager = ComputeDevice.best().newManager();
    try (RefersTraining training =
        RefersTraining.start(config, OPTIMIZER, compute, manager, new SeededWeights(manager, 1))) {
      StudyBatch batch = SmallNetworks.batch(4, 1);
      training.step(batch, RATES, 0);
      training.evaluate(batch);
      int before = manager.getManagedArrays().size();

      for (int step = 1; step < 4; step++) {
        training.step(batch, RATES, step);
        training.evaluate(batch);
      }

      assertThat(manager.getManagedArrays()).hasSize(before);
    }
  }
}
