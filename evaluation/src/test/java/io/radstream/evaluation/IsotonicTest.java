package io.radstream.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.radstream.evaluation.Isotonic.Point;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class IsotonicTest {

  private static final List<Scored> STUDIES =
      List.of(
          new Scored(0.125, false),
          new Scored(0.25, true),
          new Scored(0.375, false),
          new Scored(0.5, true),
          new Scored(0.5, true),
          new Scored(0.875, true));

  /** 0.25 and 0.375 violate the order, and 0.5 comes twice; scikit-learn 1.9.1 pools so. */
  @Test
  void shouldPoolWhatDoesNotRise() {
    Isotonic line = Isotonic.fit(STUDIES);

    assertThat(line.points())
        .containsExactly(new Point(0.125, 0.125), new Point(0.3125, 0.5), new Point(0.625, 0.875));
  }

  @Test
  void shouldBeStraightBetweenPointsAndLevelOutside() {
    Isotonic line = new Isotonic(List.of(new Point(0.2, 0.1), new Point(0.6, 0.5)));

    assertThat(line.of(0)).isEqualTo(0.1);
    assertThat(line.of(0.4)).isCloseTo(0.3, within(1e-12));
    assertThat(line.of(0.6)).isEqualTo(0.5);
    assertThat(line.of(1)).isEqualTo(0.5);
  }

  @Test
  void shouldNotDependOnTheOrderOfTheStudies() {
    List<Scored> backwards = new ArrayList<>(STUDIES);
    Collections.reverse(backwards);

    assertThat(Isotonic.fit(backwards)).isEqualTo(Isotonic.fit(STUDIES));
  }

  @Test
  void shouldRefusePointsThatDoNotRise() {
    assertThatThrownBy(() -> new Isotonic(List.of(new Point(0.2, 0.5), new Point(0.6, 0.4))))
        .hasMessageContaining("do not rise");
    assertThatThrownBy(() -> new Isotonic(List.of(new Point(0.2, 0.5), new Point(0.2, 0.6))))
        .hasMessageContaining("do not rise");
    assertThatThrownBy(() -> new Isotonic(List.of())).hasMessageContaining("at least one");
    assertThatThrownBy(() -> new Point(0.2, 1)).hasMessageContaining("not 0 or 1");
  }
}
