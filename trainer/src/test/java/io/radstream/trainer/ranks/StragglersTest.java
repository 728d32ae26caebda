package io.radstream.trainer.ranks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StragglersTest {

  private final Stragglers stragglers = new Stragglers(4);
  private final List<Stragglers.Pace> told = new ArrayList<>();
  private long step;

  private void step(double... seconds) {
    for (int rank = 0; rank < seconds.length; rank++) {
      stragglers.took(rank, step, seconds[rank]).ifPresent(told::add);
    }
    step++;
  }

  @Test
  void shouldNameTheOneThatAllWaitForOnce() {
    for (int i = 0; i < 9; i++) {
      step(1, 1.1, 1.8, 0.9);
    }
    assertThat(told).isEmpty();

    for (int i = 0; i < 20; i++) {
      step(1, 1.1, 1.8, 0.9);
    }

    assertThat(told).containsExactly(new Stragglers.Pace(2, 1.8, 1));
    assertThat(stragglers.figures())
        .containsEntry(RankFigures.SLOWEST, 2.0)
        .containsEntry(RankFigures.SLOWEST_SECONDS, 1.8)
        .containsEntry(RankFigures.OTHERS_SECONDS, 1.0);
  }

  @Test
  void shouldNameNobodyWhereItIsAnotherEachTime() {
    for (int i = 0; i < 30; i++) {
      step(i % 2 == 0 ? 2 : 1, i % 2 == 0 ? 1 : 2, 1, 1);
    }

    assertThat(told).isEmpty();
  }

  @Test
  void shouldNameItAgainOnceItHasRecovered() {
    for (int life = 0; life < 2; life++) {
      for (int i = 0; i < 10; i++) {
        step(1, 3, 1, 1);
      }
      step(1, 1, 1, 1);
    }

    assertThat(told).hasSize(2);
  }

  @Test
  void shouldNotKeepStepsThatARankNeverTellsOf() {
    for (long open = 0; open < 1000; open++) {
      assertThat(stragglers.took(0, open, 1)).isEmpty();
    }

    assertThat(stragglers.figures()).isEmpty();
  }
}
