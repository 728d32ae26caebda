package io.radstream.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import io.radstream.model.Float64Fixture;
import io.radstream.model.GradientCheck;
import io.radstream.model.config.Activation;
import io.radstream.model.config.ModelConfig.ImageEncoderKind;
import io.radstream.model.config.ModelConfig.PatchPositions;
import io.radstream.model.config.ModelConfig.Radiograph;
import io.radstream.model.config.ModelConfig.Recurrence;
import io.radstream.model.config.ModelConfig.Residual;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.weights.Parameter;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResidualNetworkTest {

  private static final int SIDE = 16;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private static Radiograph config(List<Integer> blocks, boolean bottleneck) {
    return new Radiograph(
        ImageEncoderKind.CONVOLUTIONAL,
        SIDE,
        8,
        8,
        1,
        1,
        8,
        Activation.RELU,
        PatchPositions.ADDED,
        Recurrence.NONE,
        new Residual(blocks, bottleneck, 4));
  }

  @ParameterizedTest
  @CsvSource({"false, true", "true, true", "false, false"})
  void shouldHaveTheGradientsOfFiniteDifferences(boolean bottleneck, boolean training) {
    try (Float64Fixture fixture = new Float64Fixture(5)) {
      Radiograph config = config(List.of(1, 1), bottleneck);
      ResidualNetwork network = ResidualNetwork.of(fixture.weights(), config);
      NDArray images = fixture.input("images", 3, SIDE, SIDE);

      GradientCheck.Result result =
          fixture.check(
              scratch -> {
                ImageEncoder.Output seen = network.apply(images, training);
                return seen.patches().concat(seen.aggregated().expandDims(1), 1);
              });

      assertThat(result.worst()).as(result.where()).isLessThan(GradientCheck.LIMIT);
      assertThat(result.flat()).isEmpty();
    }
  }

  @Test
  void shouldNameWeightsAsTorchvisionDoes() {
    try (Float64Fixture fixture = new Float64Fixture(5)) {
      ResidualNetwork.of(fixture.weights(), config(List.of(2, 1), false));

      assertThat(fixture.weights().parameters())
          .extracting(Parameter::name)
          .contains(
              "resnet.conv1.weight",
              "resnet.bn1.running_mean",
              "resnet.layer1.1.conv2.weight",
              "resnet.layer2.0.bn2.running_var",
              "resnet.layer2.0.downsample.0.weight",
              "resnet.layer2.0.downsample.1.bias")
          .doesNotContain("resnet.layer1.0.downsample.0.weight", "resnet.conv1.bias")
          .hasSize(5 + 2 * 10 + 15);
    }
  }

  @Test
  void shouldFreezeFromTheStemOnBlockByBlock() {
    try (Float64Fixture fixture = new Float64Fixture(5)) {
      ResidualNetwork.of(fixture.weights(), config(List.of(2, 1), false));

      assertThat(fixture.weights().parameters())
          .filteredOn(parameter -> parameter.depth() <= 2)
          .allMatch(
              parameter -> parameter.name().matches("resnet\\.(conv1|bn1|layer1\\.[01])\\..*"))
          .hasSize(5 + 2 * 10);
    }
  }

  @Test
  void shouldSeeEachPictureByItselfUnlessItLearns() {
    try (Float64Fixture fixture = new Float64Fixture(5)) {
      ResidualNetwork network = ResidualNetwork.of(fixture.weights(), config(List.of(1, 1), false));
      NDArray images = fixture.input("images", 3, SIDE, SIDE);

      double[] together = network.apply(images).aggregated().get(0).toDoubleArray();

      assertThat(network.apply(images.get("0:1")).aggregated().get(0).toDoubleArray())
          .containsExactly(together, within(1e-12));
      assertThat(network.apply(images, true).aggregated().get(0).toDoubleArray())
          .isNotEqualTo(together);
    }
  }
}
