package io.radstream.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.evaluation.CalibrationFit.Study;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationFitTest {

  /**
   * Studies of which a model says what it says, and a function of it is true.
   *
   * @param truth how often, by what the model says
   */
  private static List<Study> studies(int count, DoubleUnaryOperator truth) {
    List<Study> studies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Draws draws = Draws.of(7, i);
      double says = (draws.index(0, 1000) + 0.5) / 1000;
      boolean present = draws.index(1, 100_000) < truth.applyAsDouble(says) * 100_000;
      studies.add(new Study("patient " + i, new Scored(says, present)));
    }
    return studies;
  }

  @Test
  void shouldTakeConfidenceFromAModelThatHasTooMuch() {
    // As if the temperature were a third of what it should be.
    List<Study> studies = studies(400, says -> 1 / (1 + Math.exp(-Platt.logOdds(says) / 3)));

    FittedCalibration fitted = CalibrationFit.of(studies);

    assertThat(fitted.reason()).isEmpty();
    assertThat(fitted.calibration()).isInstanceOf(Platt.class);
    assertThat(((Platt) fitted.calibration()).slope()).isBetween(0.2, 0.5);
    assertThat(fitted.after().orElseThrow().brier())
        .isLessThan(fitted.before().orElseThrow().brier());
    assertThat(fitted.after().orElseThrow().error())
        .isLessThan(fitted.before().orElseThrow().error());
  }

  @Test
  void shouldDrawAFreeLineWhereThereAreStudiesEnoughAndItIsBetter() {
    DoubleUnaryOperator steps = says -> says < 0.4 ? 0.05 : says < 0.6 ? 0.5 : 0.55;

    FittedCalibration few = CalibrationFit.of(studies(499, steps));
    FittedCalibration many = CalibrationFit.of(studies(1500, steps));

    assertThat(few.calibration()).isInstanceOf(Platt.class);
    assertThat(many.calibration()).isInstanceOf(Isotonic.class);
  }

  @Test
  void shouldLeaveAloneWhatIsRight() {
    FittedCalibration fitted = CalibrationFit.of(studies(400, says -> says));

    // By the luck of these draws; whichever way, it is never made worse.
    if (fitted.reason().isPresent()) {
      assertThat(fitted.calibration()).isEqualTo(new Calibration.Identity());
    } else {
      assertThat(fitted.after().orElseThrow().brier())
          .isLessThan(fitted.before().orElseThrow().brier());
    }
  }

  @Test
  void shouldCountPatientsAndNotTheirStudies() {
    List<Study> studies = new ArrayList<>(studies(200, says -> 0));
    for (int i = 0; i < 40; i++) {
      studies.add(new Study("the same", new Scored(0.9, true)));
    }

    FittedCalibration fitted = CalibrationFit.of(studies);

    assertThat(fitted.reason()).hasValue(FittedCalibration.Reason.TOO_FEW);
    assertThat(fitted.studies()).isEqualTo(240);
    assertThat(fitted.present()).isEqualTo(40);
    assertThat(fitted.before()).isEmpty();
  }

  @Test
  void shouldSayThatScoresGoTheWrongWay() {
    FittedCalibration fitted = CalibrationFit.of(studies(300, says -> 1 - says));

    assertThat(fitted.reason()).hasValue(FittedCalibration.Reason.WRONG_WAY);
    assertThat(fitted.calibration().of(0.25)).isEqualTo(0.25);
  }

  @Test
  void shouldNotDependOnTheOrderOfTheStudies() {
    List<Study> studies = studies(600, says -> says / 2);
    List<Study> backwards = new ArrayList<>(studies);
    Collections.reverse(backwards);

    FittedCalibration one = CalibrationFit.of(studies);
    FittedCalibration other = CalibrationFit.of(backwards);

    assertThat(one.calibration().getClass()).isEqualTo(other.calibration().getClass());
    assertThat(one.calibration().of(0.3))
        .isCloseTo(other.calibration().of(0.3), org.assertj.core.data.Offset.offset(1e-9));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 600})
  void shouldNeverTurnTwoStudiesRound(int count) {
    Calibration calibration = CalibrationFit.of(studies(count, says -> says * says)).calibration();

    double last = 0;
    for (int i = 0; i <= 1000; i++) {
      double now = calibration.of(i / 1000.0);
      assertThat(now).isBetween(last, 1.0);
      last = now;
    }
  }
}
