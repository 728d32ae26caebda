package io.radstream.radiology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViewSelectionTest {

  @Test
  void shouldRepeatTheOnlyView() {
    assertThat(draw("s", 0, 1)).containsExactly(0, 0, 0);
  }

  @Test
  void shouldKeepBothOfTwoViewsAndRepeatEitherOfThem() {
    List<List<Integer>> drawn =
        IntStream.range(0, 50).mapToObj(i -> boxed(draw("s", i, 2))).toList();

    assertThat(drawn).containsOnly(List.of(0, 0, 1), List.of(0, 1, 1));
    assertThat(drawn).contains(List.of(0, 0, 1), List.of(0, 1, 1));
  }

  @Test
  void shouldDrawEverySubsetOfFiveViewsAboutEquallyOften() {
    int draws = 10_000;
    Map<List<Integer>, Integer> counts = new HashMap<>();

    for (int i = 0; i < draws; i++) {
      counts.merge(boxed(draw("s" + i, 0, 5)), 1, Integer::sum);
    }

    assertThat(counts).hasSize(10);
    assertThat(counts.values()).allSatisfy(n -> assertThat(n).isBetween(850, 1150));
  }

  @Test
  void shouldDrawAnewEachEpochAndTheSameForTheSameEpoch() {
    List<List<Integer>> epochs =
        IntStream.range(0, 20).mapToObj(epoch -> boxed(draw("s", epoch, 6))).toList();

    assertThat(epochs.stream().distinct().count()).isGreaterThan(5);
    assertThat(boxed(draw("s", 7, 6))).isEqualTo(epochs.get(7));
  }

  @Test
  void shouldRefuseAStudyWithoutViews() {
    assertThatThrownBy(() -> draw("s", 0, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static int[] draw(String study, int epoch, int views) {
    return ViewSelection.draw(1, study, 1, epoch, views);
  }

  private static List<Integer> boxed(int[] selection) {
    return IntStream.of(selection).boxed().toList();
  }
}
