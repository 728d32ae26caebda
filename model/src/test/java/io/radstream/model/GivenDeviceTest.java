package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.model.config.Compute;
import io.radstream.model.config.InitialWeights;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.MissingDeviceException;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.measure.MatrixCeiling;
import io.radstream.model.pretrained.PretrainedWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The device that is handed down is the one that is used, and nothing falls back to another. */
class GivenDeviceTest {

  private static final ModelConfig CONFIG = SmallNetworks.paper(0);
  private static final OptimizerConfig OPTIMIZER = new OptimizerConfig(0.9, 0, 0);

  /** No machine has as many. */
  private static final ComputeDevice MISSING = ComputeDevice.cuda(120);

  @TempDir private static Path directory;
  private static Path weights;
  private static Path state;

  /** Something that is computed on a device. */
  private interface Work {
    void on(ComputeDevice device) throws IOException;
  }

  @BeforeAll
  static void saveANetwork() throws IOException {
    TorchEngine.start(1);
    weights = directory.resolve("model.safetensors");
    state = directory.resolve("optimizer.safetensors");
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(CONFIG, OPTIMIZER, Compute.PLAIN, ComputeDevice.cpu()), 7)) {
      training.save(weights, state);
    }
  }

  static Stream<Work> works() {
    return Stream.of(
        device -> Refers.load(CONFIG, weights, device).close(),
        device ->
            RefersTraining.start(new Learning(CONFIG, OPTIMIZER, Compute.PLAIN, device), 7).close(),
        device ->
            RefersTraining.start(
                    new Learning(CONFIG, OPTIMIZER, Compute.PLAIN, device),
                    7,
                    publicWeights(),
                    o -> {})
                .close(),
        device ->
            RefersTraining.fineTune(
                    new Learning(CONFIG, OPTIMIZER, Compute.PLAIN, device), 7, weights)
                .close(),
        device ->
            RefersTraining.resume(
                    new Learning(CONFIG, OPTIMIZER, Compute.PLAIN, device), weights, state)
                .close(),
        device -> new MatrixCeiling(device, Precision.FLOAT32, System::nanoTime).flopsPerSecond(1));
  }

  private static PretrainedWeights publicWeights() throws IOException {
    return PretrainedWeights.open(InitialWeights.NONE, CONFIG, List.of());
  }

  @ParameterizedTest
  @MethodSource("works")
  void shouldComputeOnTheDeviceThatIsGiven(Work work) {
    ThrowingCallable elsewhere = () -> work.on(MISSING);

    assertThatThrownBy(elsewhere)
        .isInstanceOf(MissingDeviceException.class)
        .hasMessageStartingWith("there is no device cuda:120 here");
    assertThatCode(() -> work.on(ComputeDevice.cpu())).doesNotThrowAnyException();
  }
}
