package io.radstream.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AucTest {

  @Test
  void shouldBeTheShareOfPairsInTheRightOrder() {
    List<Scored> scores =
        List.of(
            new Scored(0.9, true),
            new Scored(0.4, true),
            new Scored(0.6, false),
            new Scored(0.3, false),
            new Scored(0.1, false));

    assertThat(Auc.of(scores)).hasValue(5.0 / 6);
  }

  @Test
  void shouldCountTiesHalf() {
    List<Scored> scores =
        List.of(new Scored(0.5, true), new Scored(0.5, false), new Scored(0.5, false));

    assertThat(Auc.of(scores)).hasValue(0.5);
  }

  @Test
  void shouldCountTiesHalfAtTheEdgesOfNumbers() {
    assertThat(Auc.of(List.of(new Scored(0.0, true), new Scored(-0.0, false)))).hasValue(0.5);
    assertThat(
            Auc.of(
                List.of(
                    new Scored(Double.POSITIVE_INFINITY, true),
                    new Scored(Double.POSITIVE_INFINITY, false))))
        .hasValue(0.5);
  }

  @Test
  void shouldBeUndefinedWhereOneKindIsMissing() {
    assertThat(Auc.of(List.of(new Scored(0.5, true)))).isEmpty();
    assertThat(Auc.of(List.of(new Scored(0.5, false)))).isEmpty();
    assertThat(Auc.of(List.of())).isEmpty();
  }

  @Test
  void shouldCountWhatIsNotANumberAsWrong() {
    List<Scored> broken =
        List.of(
            new Scored(Double.NaN, true),
            new Scored(0.9, true),
            new Scored(Double.NaN, false),
            new Scored(0.1, false));

    assertThat(Auc.of(broken)).hasValue(1.0 / 4);
    assertThat(Auc.of(List.of(new Scored(Double.NaN, true), new Scored(Double.NaN, false))))
        .hasValue(0);
  }
}
