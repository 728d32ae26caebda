package io.radstream.cli.demo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class VigilTest {

  @Test
  void shouldLetARunGoOnWhileAllIsWell() {
    assertThatCode(() -> new Vigil(Footing.ELSEWHERE).waiting(1, 32, "tuples.train"))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldEndARunWhereWhatItStandsOnHasGone() {
    Vigil vigil =
        new Vigil(
            () -> {
              throw new IOException("the embedded schema registry ended with exit code 137");
            });

    assertThatThrownBy(() -> vigil.waiting(1, 32, "tuples.train"))
        .hasMessageContaining("registry ended with exit code 137");
    assertThatThrownBy(() -> vigil.stepped(null)).hasMessageContaining("exit code 137");
  }
}
