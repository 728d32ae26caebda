package io.radstream.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.radstream.evaluation.Reliability.Bin;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {

  private static final List<Scored> STUDIES =
      List.of(
          new Scored(0.2, false),
          new Scored(0.2, true),
          new Scored(0.5, true),
          new Scored(0.9, true));

  /** 0.5 is the upper edge of the lower bin. */
  @Test
  void shouldGatherStudiesInBinsOfEqualWidth() {
    Reliability reliability = Reliability.equalWidth(STUDIES, 2);

    assertThat(reliability.bins()).containsExactly(new Bin(3, 0.3, 2.0 / 3), new Bin(1, 0.9, 1));
    assertThat(reliability.expectedError().orElseThrow())
        .isEqualTo((3 * (2.0 / 3 - 0.3) + 0.1) / 4, within(1e-12));
    assertThat(reliability.maximumError().orElseThrow()).isEqualTo(2.0 / 3 - 0.3, within(1e-12));
  }

  @Test
  void shouldKeepEqualProbabilitiesInOneBin() {
    Reliability reliability = Reliability.equalCount(STUDIES, 4);

    assertThat(reliability.bins()).extracting(Bin::count).containsExactly(2, 1, 1);
  }

  @Test
  void shouldHaveNoErrorWithoutStudies() {
    assertThat(Reliability.equalWidth(List.of(), 10).expectedError()).isEmpty();
    assertThat(Reliability.equalCount(List.of(), 10).maximumError()).isEmpty();
    assertThat(BrierScore.of(List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void shouldRefuseWhatIsNotAProbability(double score) {
    List<Scored> scores = List.of(new Scored(score, true));

    assertThatThrownBy(() -> BrierScore.of(scores)).hasMessageContaining("from 0 to 1");
    assertThatThrownBy(() -> Reliability.equalWidth(scores, 5)).hasMessageContaining("from 0 to 1");
    assertThatThrownBy(() -> Reliability.equalCount(scores, 5)).hasMessageContaining("from 0 to 1");
  }

  @Test
  void shouldRefuseNoBins() {
    assertThatThrownBy(() -> Reliability.equalWidth(STUDIES, 0))
        .hasMessageContaining("at least one bin");
  }
}
