package io.radstream.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.ByHand;
import io.radstream.model.Float64Fixture;
import io.radstream.model.GradientCheck;
import io.radstream.model.config.Activation;
import io.radstream.model.config.ModelConfig.PatchPositions;
import io.radstream.model.config.ModelConfig.Radiograph;
import io.radstream.model.config.ModelConfig.Recurrence;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RadiographTransformerTest {

  private static final int BATCH = 3;
  private static final int SIDE = 4;
  private static final int PATCH = 2;
  private static final int PATCHES = 4;
  private static final int WIDTH = 6;
  private static final double ROUNDING = 1e-12;

  private Float64Fixture fixture;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void makeFixture() {
    fixture = new Float64Fixture(1);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  static List<Radiograph> options() {
    List<Radiograph> options = new ArrayList<>();
    for (PatchPositions positions : PatchPositions.values()) {
      for (Recurrence recurrence : Recurrence.values()) {
        options.add(config(Activation.RELU, positions, recurrence));
      }
    }
    options.add(config(Activation.GELU, PatchPositions.ADDED, Recurrence.ADDED));
    return options;
  }

  private static Radiograph config(
      Activation activation, PatchPositions positions, Recurrence recurrence) {
    return new Radiograph(SIDE, PATCH, WIDTH, 1, 2, 8, activation, positions, recurrence);
  }

  private RadiographTransformer transformer(Radiograph config) {
    return RadiographTransformer.of(fixture.weights(), config);
  }

  private RadiographTransformer transformer(Recurrence recurrence, Weights weights) {
    return RadiographTransformer.of(
        weights, config(Activation.RELU, PatchPositions.ADDED, recurrence));
  }

  private NDArray images() {
    return fixture.input("images", BATCH, SIDE, SIDE);
  }

  @ParameterizedTest
  @MethodSource("options")
  void shouldGiveAnAggregationAndAllPatchesOfEachImage(Radiograph config) {
    ImageEncoder.Output output = transformer(config).apply(images());

    assertThat(output.aggregated().getShape()).isEqualTo(new Shape(BATCH, WIDTH));
    assertThat(output.patches().getShape()).isEqualTo(new Shape(BATCH, PATCHES, WIDTH));
  }

  @ParameterizedTest
  @MethodSource("options")
  void shouldPermuteWithTheBatch(Radiograph config) {
    NDArray images = images();
    RadiographTransformer transformer = transformer(config);
    ImageEncoder.Output straight = transformer.apply(images);

    ImageEncoder.Output turned = transformer.apply(images.flip(0));

    assertThat(turned.aggregated().toDoubleArray())
        .containsExactly(straight.aggregated().flip(0).toDoubleArray(), within(ROUNDING));
    assertThat(turned.patches().toDoubleArray())
        .containsExactly(straight.patches().flip(0).toDoubleArray(), within(ROUNDING));
  }

  @ParameterizedTest
  @MethodSource("options")
  void shouldHaveTheGradientsOfFiniteDifferences(Radiograph config) {
    NDArray images = images();
    RadiographTransformer transformer = transformer(config);

    GradientCheck.Result result =
        fixture.check(
            scratch -> {
              ImageEncoder.Output output = transformer.apply(images);
              return output.aggregated().expandDims(1).concat(output.patches(), 1);
            });

    assertThat(result.worst()).as(result.where()).isLessThan(GradientCheck.LIMIT);
    // Softmax does not see what all keys have in common.
    assertThat(result.flat()).containsExactly("vit.encoder.layer.0.attention.attention.key.bias");
  }

  @ParameterizedTest
  @EnumSource
  void shouldHaveTheGradientsOfFiniteDifferencesInABlock(Activation activation) {
    Radiograph config = config(activation, PatchPositions.ADDED, Recurrence.NONE);
    NDArray x = fixture.input("x", 2, 3, WIDTH);
    RadiographBlock block =
        RadiographBlock.of(fixture.weights().scope(NetworkPart.RADIOGRAPH, "block"), config);

    GradientCheck.Result result = fixture.check(scratch -> block.apply(x));

    assertThat(result.worst()).as(result.where()).isLessThan(GradientCheck.LIMIT);
    assertThat(result.flat()).containsExactly("block.attention.attention.key.bias");
  }

  @Test
  void shouldAddTheAggregationToEveryPatch() {
    NDArray images = images();
    ImageEncoder.Output plain = plain(images);

    NDArray added = transformer(Recurrence.ADDED, fixture.weights()).apply(images).patches();

    NDArray expected = plain.patches().add(plain.aggregated().expandDims(1));
    assertThat(added.toDoubleArray()).containsExactly(expected.toDoubleArray(), within(ROUNDING));
  }

  @Test
  void shouldJoinTheAggregationWithEveryPatch() {
    NDArray images = images();
    double[][] patches = ByHand.rows(plain(images).patches());
    double[][] aggregated = ByHand.rows(plain(images).aggregated());
    RadiographTransformer transformer = transformer(Recurrence.CONCATENATED, fixture.weights());

    double[][] joined = ByHand.rows(transformer.apply(images).patches());

    for (int i = 0; i < joined.length; i++) {
      double[] pair = ByHand.concat(patches[i], aggregated[i / PATCHES]);
      double[] expected = ByHand.linear(transformer.recurrent().orElseThrow(), pair);
      assertThat(joined[i]).containsExactly(expected, within(ROUNDING));
    }
  }

  /** The same weights, without the recurrent concatenation. */
  private ImageEncoder.Output plain(NDArray images) {
    return transformer(Recurrence.NONE, fixture.sameWeights()).apply(images);
  }

  @Test
  void shouldCountPatchesRowByRow() {
    NDArray images = images();
    RadiographTransformer transformer = withoutBlocks();
    double[][] before = ByHand.rows(transformer.apply(images).patches());
    double[] pixels = images.toDoubleArray();
    // Row 1, column 2 of the first image: the second patch.
    pixels[SIDE + 2] += 1;

    double[][] after =
        ByHand.rows(
            transformer
                .apply(fixture.manager().create(pixels).reshape(images.getShape()))
                .patches());

    for (int i = 0; i < before.length; i++) {
      assertThat(Arrays.equals(after[i], before[i])).as("patch %d", i).isEqualTo(i != 1);
    }
  }

  /** Every block hands on what it gets, so that a patch sees no other. */
  private RadiographTransformer withoutBlocks() {
    RadiographTransformer transformer = transformer(Recurrence.NONE, fixture.weights());
    fixture.weights().parameters().stream()
        .filter(weight -> weight.name().contains("output.dense"))
        .forEach(weight -> weight.value().subi(weight.value()));
    return transformer;
  }
}
