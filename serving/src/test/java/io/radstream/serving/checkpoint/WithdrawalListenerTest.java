package io.radstream.serving.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.radstream.schemas.StudyWithdrawn;
import io.radstream.schemas.log.UnreadableRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WithdrawalListenerTest {

  private static final UnreadableRecord NAMED = new UnreadableRecord(0, 1, Optional.of("study"));
  private static final UnreadableRecord NAMELESS = new UnreadableRecord(0, 2, Optional.empty());

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final WithdrawalListener listener =
      new WithdrawalListener(new CheckpointCatalog(catalog -> {}), meters);

  @Test
  void shouldTellOfStudiesWhoseWithdrawalCannotBeRead() {
    listener.unreadable(List.of(NAMED, NAMELESS));
    listener.unreadable(List.of(NAMED)); // records are given again where something failed

    assertThat(unread()).isEqualTo(2);
  }

  @Test
  void shouldForgetThemOnceTheyAreWithdrawnAgain() {
    listener.unreadable(List.of(NAMED, NAMELESS));

    listener.accept(
        List.of(new StudyWithdrawn("study", "asked for", Instant.EPOCH, List.of())), true);

    assertThat(unread()).isEqualTo(1);
  }

  @Test
  void shouldNotRememberThemWithoutEnd() {
    for (int offset = 0; offset < 20_000; offset++) {
      listener.unreadable(List.of(new UnreadableRecord(0, offset, Optional.empty())));
    }

    assertThat(unread()).isEqualTo(10_000);
  }

  private double unread() {
    return meters.get("radstream.withdrawals.unread").gauge().value();
  }
}
