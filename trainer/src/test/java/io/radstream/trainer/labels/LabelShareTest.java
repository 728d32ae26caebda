package io.radstream.trainer.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelShareTest {

  private static final List<String> PATIENTS =
      IntStream.range(0, 2000).mapToObj(i -> "patient " + i).toList();

  @Test
  void shouldDrawAboutTheShareAskedFor() {
    assertThat(drawn(new LabelShare(0.1, 0))).hasSizeBetween(150, 250);
    assertThat(drawn(new LabelShare(0.01, 0))).hasSizeBetween(5, 40);
    assertThat(drawn(LabelShare.ALL)).isEqualTo(PATIENTS);
  }

  @Test
  void shouldHoldTheSmallerShareInTheLarger() {
    assertThat(drawn(new LabelShare(0.1, 3))).containsAll(drawn(new LabelShare(0.01, 3)));
  }

  @Test
  void shouldDrawOthersBySeedAndTheSameBySameSeed() {
    assertThat(drawn(new LabelShare(0.1, 1)))
        .isEqualTo(drawn(new LabelShare(0.1, 1)))
        .isNotEqualTo(drawn(new LabelShare(0.1, 2)));
  }

  private static List<String> drawn(LabelShare share) {
    return PATIENTS.stream().filter(share::holds).toList();
  }
}
