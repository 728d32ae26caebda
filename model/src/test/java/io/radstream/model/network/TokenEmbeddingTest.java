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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenEmbeddingTest {

  private static final int WIDTH = 4;
  private static final long[] IDS = {1, 5, 2, 5, 0, 3};
  private static final int TOKENS = 3;

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

  private TokenEmbedding embedding(TokenPositions positions) {
    return TokenEmbedding.of(
        fixture.weights().scope(NetworkPart.REPORT, "report"),
        new Decoder(7, WIDTH, 1, 2, 6, 8, 0, Activation.RELU, positions));
  }

  private NDArray ids() {
    return fixture.manager().create(IDS).reshape(2, TOKENS);
  }

  @ParameterizedTest
  @EnumSource
  void shouldGiveFeaturesOfEachToken(TokenPositions positions) {
    NDArray features = embedding(positions).apply(ids(), 0);

    assertThat(features.getShape()).isEqualTo(new Shape(2, TOKENS, WIDTH));
  }

  @Test
  void shouldAddSinesAndCosinesToScaledWords() {
    TokenEmbedding embedding = embedding(TokenPositions.SINUSOIDAL);
    double[][] words = ByHand.rows(embedding.words());

    double[][] features = ByHand.rows(embedding.apply(ids(), 0));

    for (int row = 0; row < IDS.length; row++) {
      double[] word = words[(int) IDS[row]];
      int place = row % TOKENS;
      assertThat(features[row])
          .containsExactly(
              new double[] {
                2 * word[0] + Math.sin(place),
                2 * word[1] + Math.cos(place),
                2 * word[2] + Math.sin(place / 100.0),
                2 * word[3] + Math.cos(place / 100.0)
              },
              within(1e-6));
    }
  }

  @Test
  void shouldNormaliseWordsWithLearnedPlaces() {
    TokenEmbedding embedding = embedding(TokenPositions.LEARNED);
    TokenEmbedding.Learned learned = (TokenEmbedding.Learned) embedding;
    double[][] words = ByHand.rows(learned.words());
    double[][] places = ByHand.rows(learned.places());

    double[][] features = ByHand.rows(embedding.apply(ids(), 0));

    for (int row = 0; row < IDS.length; row++) {
      double[] sum = words[(int) IDS[row]].clone();
      for (int i = 0; i < WIDTH; i++) {
        sum[i] += places[row % TOKENS][i];
      }
      NDArray expected = learned.norm().apply(fixture.manager().create(sum));
      assertThat(features[row]).containsExactly(expected.toDoubleArray(), within(1e-12));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldGoOnWhereEarlierTokensEnd(TokenPositions positions) {
    TokenEmbedding embedding = embedding(positions);
    double[] whole = embedding.apply(ids(), 0).get(":, 1:").toDoubleArray();

    double[] rest = embedding.apply(ids().get(":, 1:"), 1).toDoubleArray();

    assertThat(rest).containsExactly(whole, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource
  void shouldHaveTheGradientsOfFiniteDifferences(TokenPositions positions) {
    TokenEmbedding embedding = embedding(positions);

    GradientCheck.Result result =
        fixture.check(scratch -> embedding.apply(scratch.create(IDS).reshape(2, TOKENS), 0));

    assertThat(result.worst()).as(result.where()).isLessThan(GradientCheck.LIMIT);
    assertThat(result.flat()).isEmpty();
  }
}
