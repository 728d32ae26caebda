package io.radstream.model.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.radstream.model.config.Generation;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampledReportTest {

  private static final int ALL = Integer.MAX_VALUE;
  private static final Generation OPTIONS = Generation.greedy(0, 1);

  /** Of the start token, the end token, and three words. */
  private static final double[] LOG_PROBABILITIES = logs(0, 0.1, 0.2, 0.4, 0.3);

  private static double[] logs(double... probabilities) {
    return Arrays.stream(probabilities).map(Math::log).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    // temperature, top k, top p, drawn, token
    "1,   5, 1,    0,     3",
    "1,   5, 1,    0.39,  3",
    "1,   5, 1,    0.41,  4",
    "1,   5, 1,    0.69,  4",
    "1,   5, 1,    0.71,  2",
    "1,   5, 1,    0.89,  2",
    "1,   5, 1,    0.91,  1",
    "1,   5, 1,    0.9999999999999999, 1",
    "1,   2, 1,    0.57,  3", // 4/7
    "1,   2, 1,    0.58,  4",
    "1,   2, 1,    0.99,  4",
    "1,   1, 1,    0.99,  3",
    "1,   5, 0.3,  0.99,  3",
    "1,   5, 0.6,  0.57,  3",
    "1,   5, 0.6,  0.99,  4",
    "1,   5, 0.85, 0.99,  2",
    "0.5, 5, 1,    0.53,  3", // 16/30
    "0.5, 5, 1,    0.54,  4",
    "2,   5, 1,    0.32,  3", // 0.632 of 1.943
    "2,   5, 1,    0.33,  4",
    "1,   3, 0.7,  0.44,  3", // 4/9 of three, of which two are needed for 0.7: 4/7
    "1,   3, 0.7,  0.58,  4",
  })
  void shouldDrawByProbability(
      double temperature, int topK, double topP, double drawn, int expected) {
    SampledReport report =
        new SampledReport(OPTIONS, new Sampling(temperature, topK, topP, place -> drawn), 10);

    report.advance(List.of(LOG_PROBABILITIES));

    assertThat(report.best().tokens()).containsExactly(0, expected);
    assertThat(report.best().logProbability())
        .isCloseTo(LOG_PROBABILITIES[expected], within(1e-12));
    assertThat(report.live()).hasSize(expected == 1 ? 0 : 1);
  }

  @Test
  void shouldAskForADrawAtEachPlaceAndStopAtTheGreatestLength() {
    Sampling sampling = new Sampling(1, ALL, 1, place -> place == 1 ? 0.5 : 0);
    SampledReport report = new SampledReport(OPTIONS, sampling, 3);

    report.advance(List.of(LOG_PROBABILITIES));
    report.advance(List.of(LOG_PROBABILITIES));

    assertThat(report.live()).isEmpty();
    assertThat(report.best().tokens()).containsExactly(0, 4, 3);
  }

  @Test
  void shouldEndWhereNothingMayFollow() {
    SampledReport report = new SampledReport(OPTIONS, new Sampling(1, ALL, 1, place -> 0), 10);

    List<Integer> rows = report.advance(List.of(logs(0, 0, 0, 0, 0)));

    assertThat(rows).isEmpty();
    assertThat(report.live()).isEmpty();
    assertThat(report.best().tokens()).containsExactly(0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void shouldRefuseATemperatureThatIsNone(double temperature) {
    assertThatThrownBy(() -> new Sampling(temperature, 1, 1, place -> 0))
        .hasMessageContaining("temperature");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, 1.1})
  void shouldRefuseAShareThatIsNone(double share) {
    assertThatThrownBy(() -> new Sampling(1, 1, share, place -> 0)).hasMessageContaining("topP");
  }
}
