package io.radstream.trainer.bisect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

class TurnTest {

  /** Good below 0.25, bad above 0.75. */
  private static final Judge JUDGE = Judge.between(0, 1, OptionalDouble.empty());

  @Test
  void shouldFindTheWholeWayFromGoodToBad() {
    NavigableMap<Long, Double> known =
        search(1, step -> Math.max(0, Math.min(1, (step - 300) / 100.0)));

    assertThat(Turn.of(known, JUDGE)).isEqualTo(new Turn(325, 375));
    assertThat(known).hasSizeLessThan(40);
  }

  @Test
  void shouldFindAJumpWithinTheStepsThatWereAskedFor() {
    LongToDoubleFunction jump = step -> step < 777 ? 0 : 1;

    assertThat(Turn.of(search(1, jump), JUDGE)).isEqualTo(new Turn(776, 777));
    Turn near = Turn.of(search(50, jump), JUDGE);
    assertThat(near.good()).isBetween(727L, 776L);
    assertThat(near.bad()).isBetween(777L, 826L);
  }

  @Test
  void shouldLookBehindTheLastStepThatWasGood() {
    NavigableMap<Long, Double> known =
        new TreeMap<>(Map.of(0L, 0.0, 10L, 0.9, 20L, 0.1, 30L, 0.5, 40L, 0.9, 50L, 1.0));

    assertThat(Turn.of(known, JUDGE)).isEqualTo(new Turn(20, 40));
  }

  private static NavigableMap<Long, Double> search(long within, LongToDoubleFunction figure) {
    NavigableMap<Long, Double> known =
        new TreeMap<>(Map.of(0L, figure.applyAsDouble(0), 1000L, figure.applyAsDouble(1000)));
    NavigableSet<Long> open = Turn.of(known, JUDGE).open(known, 3, within);
    while (!open.isEmpty()) {
      open.forEach(step -> known.put(step, figure.applyAsDouble(step)));
      open = Turn.of(known, JUDGE).open(known, 3, within);
    }
    return known;
  }
}
