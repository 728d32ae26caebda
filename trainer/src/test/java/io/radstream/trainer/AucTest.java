package io.radstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.trainer.Auc.Scored;
import java.util.List;
import org.junit.jupiter.api.Test;

class AucTest {

  @Test
  void shouldBeTheShareOfPairsInTheRightOrder() {
    List<Scored> scores =
        List.of(
            new Scored(0.9, true),
            new Scored(0.4, true),
            new Scored(0.6, false),
            new Scored(0.3, false),
            new Scored(0.1, false));

    assertThat(Auc.of(scores)).hasValue(5.0 / 6);
  }

  @Test
  void shouldCountTiesHalf() {
    List<Scored> scores =
        List.of(new Scored(0.5, true), new Scored(0.5, false), new Scored(0.5, false));

    assertThat(Auc.of(scores)).hasValue(0.5);
  }

  @Test
  void shouldBeUndefinedWhereOneKindIsMissing() {
    assertThat(Auc.of(List.of(new Scored(0.5, true)))).isEmpty();
  }
}
