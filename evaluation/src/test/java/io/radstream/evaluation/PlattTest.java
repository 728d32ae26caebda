package io.radstream.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlattTest {

  /** As scikit-learn 1.9.1 (_sigmoid_calibration of the log-odds), to its tolerance. */
  @Test
  void shouldFitAsScikitLearnDoes() {
    double[] scores = {0.05, 0.2, 0.35, 0.4, 0.55, 0.6, 0.7, 0.8, 0.9, 0.97};
    boolean[] present = {false, false, true, false, false, true, false, true, true, true};
    List<Scored> studies = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      studies.add(new Scored(scores[i], present[i]));
    }

    Platt fitted = Platt.fit(studies).orElseThrow();

    assertThat(fitted.slope()).isCloseTo(0.6173107513, within(1e-7));
    assertThat(fitted.intercept()).isCloseTo(-0.1954521605, within(1e-7));
  }

  @Test
  void shouldHaveAnEndWhereScoresSeparateTheStudies() {
    List<Scored> studies = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      studies.add(new Scored(0, false));
      studies.add(new Scored(1, true));
    }

    Platt fitted = Platt.fit(studies).orElseThrow();

    // Platt's targets: one more of either kind than was seen.
    assertThat(fitted.of(1)).isCloseTo(51.0 / 52, within(1e-9));
    assertThat(fitted.of(0)).isCloseTo(1.0 / 52, within(1e-9));
  }

  @Test
  void shouldNotTurnScoresRound() {
    List<Scored> wrongWay = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      wrongWay.add(new Scored(0.8 + i / 1000.0, false));
      wrongWay.add(new Scored(0.2 + i / 1000.0, true));
    }

    assertThat(Platt.fit(wrongWay)).isEmpty();
  }

  @Test
  void shouldSayNothingWhereAllScoresAreAlike() {
    assertThat(Platt.fit(List.of(new Scored(0.5, true), new Scored(0.5, false)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-1, 0", "NaN, 0", "1, NaN", "Infinity, 0", "1, Infinity"})
  void shouldRefuseWhatDoesNotRise(double slope, double intercept) {
    assertThatThrownBy(() -> new Platt(slope, intercept)).hasMessageContaining("slope is above 0");
  }
}
