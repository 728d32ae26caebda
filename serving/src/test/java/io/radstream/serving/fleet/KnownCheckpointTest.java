package io.radstream.serving.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.serving.fleet.KnownCheckpoint.State;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownCheckpointTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private static KnownCheckpoint announced() {
    return new KnownCheckpoint(
        "line-000000007",
        "line",
        "run",
        7,
        Optional.empty(),
        Instant.EPOCH,
        Map.of(),
        0,
        new State.Known(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void shouldSayThatThePreviousOneWasReplacedAlsoWhereThisInstanceHasNotSeenIt() {
    KnownCheckpoint previous = announced().in(Optional.of(Role.PREVIOUS), NOW);

    assertThat(previous.state()).isEqualTo(new State.Replaced(NOW));
  }

  @Test
  void shouldNotCallThePreviousOneRefusedThatWasPromotedSince() {
    KnownCheckpoint refused = announced().refused("taken back");

    KnownCheckpoint previous = refused.in(Optional.of(Role.PREVIOUS), NOW);

    assertThat(previous.state()).isEqualTo(new State.Replaced(NOW));
  }
}
