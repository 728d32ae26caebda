package io.radstream.cli.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.schemas.RejectionReason;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyTest {

  @Test
  void shouldTellFirstWhatWantsToBeLookedAt() {
    Tally tally = new Tally(20, 2, 10, Map.of(RejectionReason.NO_VIEW, 3L), 1);

    String brief = tally.brief();

    assertThat(brief)
        .isEqualTo("failed 1, refused 3 (NO_VIEW 3), waiting 4, known 2, published 10");
  }

  @Test
  void shouldLeaveOutWhatIsNot() {
    Tally tally = new Tally(5, 0, 5, Map.of(), 0);

    String brief = tally.brief();

    assertThat(brief).isEqualTo("published 5");
  }
}
