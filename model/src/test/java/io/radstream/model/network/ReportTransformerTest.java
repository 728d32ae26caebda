package io.radstream.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.ByHand;
import io.radstream.model.Float64Fixture;
import io.radstream.model.GradientCheck;
import io.radstream.model.config.Activation;
import io.radstream.model.config.ModelConfig.Decoder;
import io.radstream.model.config.ModelConfig.TokenPositions;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.Dropout;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReportTransformerTest {

  private static final int VOCABULARY = 9;
  private static final int WIDTH = 4;
  private static final int PLACES = 3;
  private static final int MEMORY_WIDTH = 5;
  private static final long[][] IDS = {{1, 5, 2, 7}, {1, 3, 3, 8}};
  private static final int REPORTS = IDS.length;
  private static final int TOKENS = IDS[0].length;
  private static final double ROUNDING = 1e-12;

  private Float64Fixture fixture;
  private NDArray memory;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void makeInputs() {
    fixture = new Float64Fixture(1);
    memory = fixture.input("memory", REPORTS, PLACES, MEMORY_WIDTH);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  static List<Decoder> options() {
    return List.of(
        config(Activation.RELU, TokenPositions.SINUSOIDAL, 0),
        config(Activation.GELU, TokenPositions.LEARNED, 0));
  }

  private static Decoder config(Activation activation, TokenPositions positions, double dropout) {
    return new Decoder(VOCABULARY, WIDTH, 2, 2, 6, 8, dropout, activation, positions);
  }

  private ReportTransformer transformer(Decoder config) {
    return ReportTransformer.of(fixture.weights(), config, MEMORY_WIDTH);
  }

  private NDArray ids(long[]... ids) {
    return fixture.manager().create(flat(ids)).reshape(ids.length, ids[0].length);
  }

  private static long[] flat(long[][] ids) {
    return Arrays.stream(ids).flatMapToLong(Arrays::stream).toArray();
  }

  @ParameterizedTest
  @MethodSource("options")
  void shouldGiveFeaturesAndLogitsOfEachToken(Decoder config) {
    ReportTransformer transformer = transformer(config);

    NDArray features = transformer.features(ids(IDS), memory, false);

    assertThat(features.getShape()).isEqualTo(new Shape(REPORTS, TOKENS, WIDTH));
    assertThat(transformer.logits(features).getShape())
        .isEqualTo(new Shape(REPORTS, TOKENS, VOCABULARY));
  }

  @ParameterizedTest
  @MethodSource("options")
  void shouldNotLetALaterTokenChangeAnEarlierLogit(Decoder config) {
    ReportTransformer transformer = transformer(config);
    double[][] before = logits(transformer, ids(IDS));
    for (int last = 0; last < TOKENS - 1; last++) {
      long[][] changed = {IDS[0].clone(), IDS[1].clone()};
      for (int t = last + 1; t < TOKENS; t++) {
        changed[0][t] = (changed[0][t] + 4) % VOCABULARY;
      }

      double[][] after = logits(transformer, ids(changed));

      for (int t = 0; t < TOKENS; t++) {
        assertThat(Arrays.equals(after[t], before[t])).isEqualTo(t <= last);
      }
    }
  }

  private double[][] logits(ReportTransformer transformer, NDArray ids) {
    return ByHand.rows(transformer.logits(transformer.features(ids, memory, false)));
  }

  @ParameterizedTest
  @MethodSource("options")
  void shouldNotLetPaddingChangeAToken(Decoder config) {
    ReportTransformer transformer = transformer(config);
    double[] alone =
        transformer.features(ids(new long[] {1, 5, 2}), memory.get(":1"), false).toDoubleArray();

    NDArray padded = transformer.features(ids(new long[] {1, 5, 2, 0}, IDS[1]), memory, false);

    assertThat(padded.get("0, :3").toDoubleArray()).containsExactly(alone, within(ROUNDING));
  }

  @ParameterizedTest
  @MethodSource("options")
  void shouldPermuteWithTheBatch(Decoder config) {
    ReportTransformer transformer = transformer(config);
    NDArray straight = transformer.features(ids(IDS), memory, false);

    NDArray turned = transformer.features(ids(IDS[1], IDS[0]), memory.flip(0), false);

    assertThat(turned.toDoubleArray())
        .containsExactly(straight.flip(0).toDoubleArray(), within(ROUNDING));
  }

  @ParameterizedTest
  @MethodSource("options")
  void shouldHaveTheGradientsOfFiniteDifferences(Decoder config) {
    ReportTransformer transformer = transformer(config);

    GradientCheck.Result result =
        fixture.check(
            scratch -> {
              NDArray ids = scratch.create(flat(IDS)).reshape(REPORTS, TOKENS);
              return transformer.logits(transformer.features(ids, memory, false));
            });

    assertThat(result.worst()).as(result.where()).isLessThan(GradientCheck.LIMIT);
    // Softmax does not see what all keys have in common.
    assertThat(result.flat())
        .containsExactly(
            "report.layer.0.cross_attention.key.bias",
            "report.layer.0.self_attention.key.bias",
            "report.layer.1.cross_attention.key.bias",
            "report.layer.1.self_attention.key.bias");
  }

  @ParameterizedTest
  @EnumSource
  void shouldHaveTheGradientsOfFiniteDifferencesInABlock(Activation activation) {
    Decoder config = config(activation, TokenPositions.LEARNED, 0);
    ReportBlock block =
        ReportBlock.of(fixture.weights().scope(NetworkPart.REPORT, "block"), config);
    NDArray x = fixture.input("x", REPORTS, TOKENS, WIDTH);
    NDArray study = fixture.input("study", REPORTS, PLACES, WIDTH);

    GradientCheck.Result result =
        fixture.check(scratch -> block.apply(x, study, null, Dropout.NONE));

    assertThat(result.worst()).as(result.where()).isLessThan(GradientCheck.LIMIT);
    assertThat(result.flat())
        .containsExactly(
            "block.cross_attention.key.bias", "block.self_attention.key.bias", "memory");
  }

  @Test
  void shouldDropFeaturesInTrainingOnlyAndBySeed() {
    ReportTransformer plain = transformer(options().get(0));
    double[] expected = plain.features(ids(IDS), memory, true).toDoubleArray();
    ReportTransformer dropping =
        ReportTransformer.of(
            fixture.sameWeights(),
            config(Activation.RELU, TokenPositions.SINUSOIDAL, 0.3),
            MEMORY_WIDTH);

    double[] evaluated = dropping.features(ids(IDS), memory, false).toDoubleArray();

    assertThat(evaluated).isEqualTo(expected);
    assertThat(dropped(dropping, 5)).isEqualTo(dropped(dropping, 5)).isNotEqualTo(expected);
    assertThat(dropped(dropping, 6)).isNotEqualTo(dropped(dropping, 5));
  }

  private double[] dropped(ReportTransformer transformer, int seed) {
    TorchEngine.seed(seed, 0);
    return transformer.features(ids(IDS), memory, true).toDoubleArray();
  }
}
