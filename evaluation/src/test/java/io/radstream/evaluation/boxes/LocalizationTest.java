package io.radstream.evaluation.boxes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.radstream.evaluation.boxes.Localization.Case;
import io.radstream.evaluation.boxes.ValueMap.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalizationTest {

  private static final Box DRAWN = new Box(0, 0, 0.5, 0.5);

  @Test
  void shouldDivideWhatIsSharedByAllThatIsCovered() {
    // Given a box of the same size, half of it beside: 1/8 shared of 3/8
    Box beside = new Box(0.25, 0, 0.5, 0.5);

    assertThat(DRAWN.overlap(beside)).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(DRAWN.overlap(DRAWN)).isEqualTo(1);
    assertThat(DRAWN.overlap(new Box(0.6, 0.6, 0.1, 0.1))).isZero();
  }

  @Test
  void shouldAverageOverPictures() {
    // Given a picture that is met, one that is pointed at beside its box, and one with no region
    List<Case> cases =
        List.of(
            new Case(
                List.of(DRAWN), new Point(0.2, 0.2), List.of(new Box(0.8, 0, 0.1, 0.1), DRAWN)),
            new Case(List.of(new Box(0.25, 0, 0.5, 0.5)), new Point(0.6, 0.2), List.of(DRAWN)),
            new Case(List.of(), new Point(0.5, 0.5), List.of(DRAWN)));

    // When
    Localization figures = Localization.of(cases);

    // Then
    assertThat(figures.pictures()).isEqualTo(3);
    assertThat(figures.pointed()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(figures.overlap()).isCloseTo((1 + 1.0 / 3) / 3, within(1e-12));
    assertThat(figures.halfMet()).isCloseTo(1.0 / 3, within(1e-12));
  }

  @Test
  void shouldRefuseWhatIsNoBox() {
    assertThatThrownBy(() -> new Box(0, 0, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Box(Double.NaN, 0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Localization.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
