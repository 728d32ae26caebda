package io.radstream.cli.phi;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.schemas.RejectionReason;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FatesTest {

  private static Fates of(
      int learnable, Map<RejectionReason, Long> refused, Map<RejectionReason, Long> rejected) {
    return new Fates(48, learnable, 5, 0, refused, rejected);
  }

  @Test
  void shouldExpectOnlyPicturesWithANameToBeRefused() {
    Fates fates = of(48, Map.of(RejectionReason.BURNED_IN_TEXT, 5L), Map.of());

    assertThat(fates.asExpected()).isTrue();
    assertThat(fates.told())
        .contains("48 of 48 studies to learn from came through, 0 of 5 with a name")
        .contains("BURNED_IN_TEXT: 5 (expected");
  }

  @Test
  void shouldNotTakeAnEmptyPipelineForASafeOne() {
    Fates nothing = of(0, Map.of(RejectionReason.OTHER_EXAMINATION, 53L), Map.of());
    Fates allPictures = of(0, Map.of(RejectionReason.BURNED_IN_TEXT, 53L), Map.of());
    Fates setAside =
        of(47, Map.of(RejectionReason.BURNED_IN_TEXT, 5L), Map.of(RejectionReason.NO_REPORT, 1L));

    assertThat(nothing.asExpected()).isFalse();
    assertThat(allPictures.asExpected()).isFalse();
    assertThat(setAside.asExpected()).isFalse();
    assertThat(nothing.told()).contains("OTHER_EXAMINATION: 53 (NOT expected)");
    assertThat(setAside.told()).contains("NO_REPORT: 1 (NOT expected)");
  }
}
