package io.radstream.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.Float64Fixture;
import io.radstream.model.GradientCheck;
import io.radstream.model.config.ModelConfig.Encoder;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.Dropout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TextEncoderTest {

  private static final int WIDTH = 6;
  private static final int VECTOR = 5;
  private static final int MAX_TOKENS = 6;
  private static final int[] SHORT = {1, 5, 2};
  private static final int[] LONG = {1, 3, 3, 8, 2};
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

  private static Encoder config(double dropout) {
    return new Encoder(9, WIDTH, 2, 2, 8, MAX_TOKENS, dropout);
  }

  private TextEncoder encoder(double dropout) {
    return TextEncoder.of(fixture.weights(), config(dropout), VECTOR);
  }

  private static TokenBatch tokens(NDManager manager, int[]... reports) {
    return TokenBatch.of(manager, reports, MAX_TOKENS);
  }

  private TokenBatch tokens(int[]... reports) {
    return tokens(fixture.manager(), reports);
  }

  @Test
  void shouldGiveAVectorOfEachReport() {
    NDArray vectors = encoder(0).apply(tokens(SHORT, LONG), false);

    assertThat(vectors.getShape()).isEqualTo(new Shape(2, VECTOR));
  }

  @Test
  void shouldNotLetPaddingChangeAReport() {
    TextEncoder encoder = encoder(0);
    double[] alone = encoder.apply(tokens(SHORT), false).toDoubleArray();

    NDArray padded = encoder.apply(tokens(SHORT, LONG), false);

    assertThat(padded.get("0").toDoubleArray()).containsExactly(alone, within(ROUNDING));
  }

  @Test
  void shouldNotSeeWhatStandsInThePlaceOfPadding() {
    TextEncoder encoder = encoder(0);
    TokenBatch batch = tokens(SHORT, LONG);
    double[] before = encoder.apply(batch, false).toDoubleArray();
    NDArray other = tokens(new int[] {1, 5, 2, 7, 8}, LONG).ids();

    double[] after = encoder.apply(new TokenBatch(other, batch.mask()), false).toDoubleArray();

    assertThat(after).isEqualTo(before);
    assertThat(encoder.apply(tokens(new int[] {1, 5, 2, 7, 8}, LONG), false).toDoubleArray())
        .isNotEqualTo(before);
  }

  @Test
  void shouldPermuteWithTheBatch() {
    TextEncoder encoder = encoder(0);
    double[] straight = encoder.apply(tokens(SHORT, LONG), false).flip(0).toDoubleArray();

    double[] turned = encoder.apply(tokens(LONG, SHORT), false).toDoubleArray();

    assertThat(turned).containsExactly(straight, within(ROUNDING));
  }

  @Test
  void shouldTellTheOrderOfWords() {
    TextEncoder encoder = encoder(0);
    double[] straight = encoder.apply(tokens(new int[] {1, 5, 2}), false).toDoubleArray();

    double[] swapped = encoder.apply(tokens(new int[] {1, 2, 5}), false).toDoubleArray();

    assertThat(swapped).isNotEqualTo(straight);
  }

  @Test
  void shouldHaveTheGradientsOfFiniteDifferences() {
    TextEncoder encoder = encoder(0);

    GradientCheck.Result result =
        fixture.check(scratch -> encoder.apply(tokens(scratch, SHORT, LONG), false));

    assertThat(result.worst()).as(result.where()).isLessThan(GradientCheck.LIMIT);
    // Softmax does not see what all keys have in common.
    assertThat(result.flat())
        .containsExactly(
            "bert.encoder.layer.0.attention.self.key.bias",
            "bert.encoder.layer.1.attention.self.key.bias");
  }

  @Test
  void shouldHaveTheGradientsOfFiniteDifferencesInABlock() {
    TextBlock block = TextBlock.of(fixture.weights().scope(NetworkPart.TEXT, "block"), config(0));
    NDArray x = fixture.input("x", 2, LONG.length, WIDTH);
    NDArray mask = tokens(SHORT, LONG).mask();

    GradientCheck.Result result =
        fixture.check(scratch -> block.apply(x, mask, new Dropout(0, true)));

    assertThat(result.worst()).as(result.where()).isLessThan(GradientCheck.LIMIT);
    assertThat(result.flat()).containsExactly("block.attention.self.key.bias");
  }

  @Test
  void shouldDropFeaturesInTrainingOnlyAndBySeed() {
    double[] expected = encoder(0).apply(tokens(SHORT, LONG), true).toDoubleArray();
    TextEncoder dropping = TextEncoder.of(fixture.sameWeights(), config(0.3), VECTOR);

    double[] evaluated = dropping.apply(tokens(SHORT, LONG), false).toDoubleArray();

    assertThat(evaluated).isEqualTo(expected);
    assertThat(dropped(dropping, 5)).isEqualTo(dropped(dropping, 5)).isNotEqualTo(expected);
    assertThat(dropped(dropping, 6)).isNotEqualTo(dropped(dropping, 5));
  }

  private double[] dropped(TextEncoder encoder, int seed) {
    TorchEngine.seed(seed, 0);
    return encoder.apply(tokens(SHORT, LONG), true).toDoubleArray();
  }
}
