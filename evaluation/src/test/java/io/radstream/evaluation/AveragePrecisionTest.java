package io.radstream.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AveragePrecisionTest {

  @Test
  void shouldBeOneWhereAllWithTheFindingComeFirst() {
    List<Scored> scores =
        List.of(new Scored(0.1, false), new Scored(0.9, true), new Scored(0.8, true));

    assertThat(AveragePrecision.of(scores)).hasValue(1);
  }

  @Test
  void shouldTakeStudiesOfEqualScoreTogether() {
    List<Scored> scores = List.of(new Scored(0.5, true), new Scored(0.5, false));

    assertThat(AveragePrecision.of(scores)).hasValue(0.5);
    assertThat(AveragePrecision.of(List.of(scores.get(1), scores.get(0)))).hasValue(0.5);
  }

  @Test
  void shouldBeUndefinedWhereNoStudyHasTheFinding() {
    assertThat(AveragePrecision.of(List.of(new Scored(0.5, false)))).isEmpty();
    assertThat(AveragePrecision.of(List.of())).isEmpty();
    assertThat(AveragePrecision.of(List.of(new Scored(0.5, true)))).hasValue(1);
  }

  @Test
  void shouldCountWhatIsNotANumberAsWrong() {
    List<Scored> broken = List.of(new Scored(Double.NaN, true), new Scored(Double.NaN, false));

    assertThat(AveragePrecision.of(broken)).hasValue(0.5);
    assertThat(AveragePrecision.of(Collections.nCopies(3, new Scored(Double.NaN, false))))
        .isEmpty();
  }
}
