package io.radstream.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {

  private static final Bootstrap BOOTSTRAP = new Bootstrap(7, 500, 0.95);

  private static final List<Scored> GOOD =
      IntStream.range(0, 60)
          .mapToObj(i -> new Scored(i % 2 * 30 + i * 17 % 40, i % 2 == 1))
          .toList();

  private static final List<Scored> BAD =
      GOOD.stream().map(study -> new Scored(-study.score(), study.present())).toList();

  @Test
  void shouldGiveTheSameIntervalForTheSameSeed() {
    Optional<Interval> once = BOOTSTRAP.interval(GOOD, Auc::of);
    Optional<Interval> again = new Bootstrap(7, 500, 0.95).interval(GOOD, Auc::of);
    Optional<Interval> other = new Bootstrap(8, 500, 0.95).interval(GOOD, Auc::of);

    assertThat(once).isPresent().isEqualTo(again).isNotEqualTo(other);
  }

  @Test
  void shouldHoldTheFigure() {
    Interval interval = BOOTSTRAP.interval(GOOD, Auc::of).orElseThrow();

    assertThat(Auc.of(GOOD).orElseThrow()).isBetween(interval.low(), interval.high());
    assertThat(interval.low()).isLessThan(interval.high());
    assertThat(interval.rounds()).isEqualTo(500);
  }

  @Test
  void shouldTellThatOneModelIsBetter() {
    Interval difference = BOOTSTRAP.ofDifference(GOOD, BAD, Auc::of).orElseThrow();

    assertThat(difference.low()).isPositive();
  }

  @Test
  void shouldTellNoDifferenceOfAModelFromItself() {
    Interval difference = BOOTSTRAP.ofDifference(GOOD, GOOD, Auc::of).orElseThrow();

    assertThat(difference.low()).isZero();
    assertThat(difference.high()).isZero();
  }

  /** With one of each, half of the draws have a single kind. */
  @Test
  void shouldLeaveOutDrawsThatDoNotDefineTheFigure() {
    Interval interval =
        BOOTSTRAP
            .interval(List.of(new Scored(1, true), new Scored(0, false)), Auc::of)
            .orElseThrow();

    assertThat(interval.rounds()).isBetween(150, 350);
    assertThat(interval.low()).isEqualTo(1);
  }

  @Test
  void shouldBeEmptyWhereNoDrawDefinesTheFigure() {
    assertThat(BOOTSTRAP.interval(List.<Scored>of(), Auc::of)).isEmpty();
    assertThat(BOOTSTRAP.interval(Collections.nCopies(9, new Scored(1, true)), Auc::of)).isEmpty();
  }

  @Test
  void shouldRefuseSettingsWithoutMeaning() {
    assertThatThrownBy(() -> new Bootstrap(1, 0, 0.95)).hasMessageContaining("one round");
    assertThatThrownBy(() -> new Bootstrap(1, 9, 95)).hasMessageContaining("between 0 and 1");
    assertThatThrownBy(() -> BOOTSTRAP.ofDifference(GOOD, GOOD.subList(1, 60), Auc::of))
        .hasMessageContaining("60 and 59");
  }
}
