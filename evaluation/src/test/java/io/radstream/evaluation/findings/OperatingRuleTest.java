package io.radstream.evaluation.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.evaluation.Scored;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatingRuleTest {

  /** Present at 0.9, 0.7, 0.7, 0.2; absent at 0.8, 0.7, 0.3, 0.1, 0.1. */
  private static final List<Scored> SCORES =
      List.of(
          new Scored(0.1, false),
          new Scored(0.9, true),
          new Scored(0.7, true),
          new Scored(0.8, false),
          new Scored(0.7, true),
          new Scored(0.7, false),
          new Scored(0.3, false),
          new Scored(0.2, true),
          new Scored(0.1, false));

  @ParameterizedTest
  @CsvSource({
    "youden, 0.2", // 4/4 − 3/5 = 0.4; at 0.7 it is 3/4 − 2/5 = 0.35
    "sensitivity=0.75, 0.7",
    "sensitivity=0.76, 0.2",
    "sensitivity=0.25, 0.9",
    "specificity=0.6, 0.7",
    "specificity=0.8, 0.8",
    "specificity=1, 0.9",
    "Specificity=0.01, 0.2"
  })
  void shouldChooseTheThreshold(String rule, double threshold) {
    assertThat(OperatingRule.of(rule).threshold(SCORES)).hasValue(threshold);
  }

  @Test
  void shouldStandAboveAllScoresWhereNoneIsSpecificEnough() {
    List<Scored> wrong = List.of(new Scored(0.6, false), new Scored(0.4, true));

    assertThat(OperatingRule.of("specificity=0.9").threshold(wrong)).hasValue(Math.nextUp(0.6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"youden", "sensitivity=0.9", "specificity=0.9"})
  void shouldChooseNoneWhereAKindIsMissing(String rule) {
    List<Scored> present = IntStream.range(0, 3).mapToObj(i -> new Scored(i / 3.0, true)).toList();

    assertThat(OperatingRule.of(rule).threshold(present)).isEmpty();
    assertThat(OperatingRule.of(rule).threshold(List.of())).isEmpty();
  }

  @Test
  void shouldChooseNoneOfANetworkThatHasBrokenDown() {
    List<Scored> broken = List.of(new Scored(Double.NaN, true), new Scored(Double.NaN, false));

    assertThat(OperatingRule.of("youden").threshold(broken)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "best", "sensitivity", "sensitivity=", "sensitivity=2", "youden=1"})
  void shouldRefuseAnotherRule(String text) {
    assertThatThrownBy(() -> OperatingRule.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"youden", "sensitivity=0.95", "specificity=0.5"})
  void shouldTellItselfAsItIsWritten(String text) {
    assertThat(OperatingRule.of(text)).hasToString(text);
  }
}
