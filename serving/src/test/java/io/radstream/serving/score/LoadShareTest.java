package io.radstream.serving.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoadShareTest {

  private final LoadShare share = new LoadShare();

  @Test
  void shouldLetATenthBeDone() {
    int done = 0;
    for (int i = 0; i < 1000; i++) {
      share.answered();
      done += share.take() ? 1 : 0;
    }

    assertThat(done).isEqualTo(100);
  }

  @Test
  void shouldNotMakeUpForAllThatWasNotDone() {
    for (int i = 0; i < 1000; i++) {
      share.answered();
    }

    int done = 0;
    while (share.take()) {
      done++;
    }

    assertThat(done).isEqualTo(5);
  }
}
