package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.model.config.Compute;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefersLoaderTest {

  private static final ModelConfig CONFIG = SmallNetworks.paper(0.1);
  private static final int[][] REPORTS = {{2, 7, 9, 3}, {2, 5, 3}};

  @TempDir private Path directory;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FLOAT32", "BFLOAT16"})
  void shouldLoadNetworksThatAnswerAsIfEachWereAlone(Precision precision) throws IOException {
    Path first = weights(1);
    Path second = weights(2);
    float[] images = new float[2 * 3 * pixels()];
    images[5] = 1;
    try (RefersLoader loader = new RefersLoader(ComputeDevice.best(), precision)) {
      Refers gone = loader.loadUnhurried(CONFIG, first);
      gone.embedStudies(images, 2);

      try (Refers loaded = loader.loadUnhurried(CONFIG, second);
          Refers alone = Refers.load(CONFIG, second, ComputeDevice.best(), precision)) {
        gone.close();

        assertThat(loaded.embedStudies(images, 2)).isDeepEqualTo(alone.embedStudies(images, 2));
        assertThat(loaded.embedReports(REPORTS)).isDeepEqualTo(alone.embedReports(REPORTS));
      }
    }
  }

  @Test
  void shouldLoadTheNextOneBehindOneThatIsDamaged() throws IOException {
    Path damaged = Files.write(directory.resolve("damaged.safetensors"), new byte[10]);
    try (RefersLoader loader = new RefersLoader(ComputeDevice.best(), Precision.FLOAT32)) {
      assertThatThrownBy(() -> loader.loadUnhurried(CONFIG, damaged))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("damaged.safetensors");

      try (Refers good = loader.loadUnhurried(CONFIG, weights(1))) {
        assertThat(good.embedStudies(new float[3 * pixels()], 1)[0]).isNotEmpty();
      }
    }
  }

  private static int pixels() {
    int side = CONFIG.radiograph().imageSize();
    return side * side;
  }

  private Path weights(long seed) throws IOException {
    Path weights = directory.resolve(seed + ".safetensors");
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(
                CONFIG, new OptimizerConfig(0.9, 1e-4, 10), Compute.PLAIN, ComputeDevice.best()),
            seed)) {
      training.save(weights, directory.resolve("optimizer.safetensors"));
    }
    return weights;
  }
}
