package io.radstream.cli.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SmallCellsTest {

  private final SmallCells cells = new SmallCells(5);

  @Test
  void shouldHideFewButNotNone() {
    assertThat(cells.shown(4)).isNull();
    assertThat(cells.shown(5)).isEqualTo(5);
    assertThat(cells.shown(0)).isZero();
  }

  @Test
  void shouldHideTheNextSmallestPartThatWouldTellAHiddenOne() {
    assertThat(cells.shown(Map.of("PA", 90L, "AP", 40L, "LATERAL", 2L)))
        .containsEntry("PA", 90L)
        .containsEntry("AP", null)
        .containsEntry("LATERAL", null);
  }

  @Test
  void shouldHideMoreWhereTheHiddenOnesAreFewTogether() {
    assertThat(cells.shown(Map.of("PA", 90L, "AP", 1L, "LATERAL", 1L)).values())
        .containsOnlyNulls();
  }

  @Test
  void shouldHideNoMoreThanItMust() {
    assertThat(cells.shown(Map.of("PA", 90L, "AP", 3L, "LATERAL", 2L)))
        .containsEntry("PA", 90L)
        .containsEntry("AP", null)
        .containsEntry("LATERAL", null);
  }
}
