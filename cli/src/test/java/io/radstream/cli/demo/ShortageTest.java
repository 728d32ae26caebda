package io.radstream.cli.demo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ShortageTest {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final MovedClock clock = new MovedClock();
  private final Shortage shortage = new Shortage(clock);

  @Test
  void shouldWaitForWhatTheStageStillHolds() {
    shortage.waiting(31, 32, "tuples.train");
    clock.now = BEGIN.plus(Duration.ofSeconds(20));

    assertThatCode(() -> shortage.waiting(31, 32, "tuples.train")).doesNotThrowAnyException();
  }

  @Test
  void shouldSayThatThereAreTooFewStudies() {
    shortage.waiting(31, 32, "tuples.train");
    clock.now = BEGIN.plus(Duration.ofSeconds(31));

    assertThatThrownBy(() -> shortage.waiting(31, 32, "tuples.train"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "there are 31 studies to learn from, and a step takes 32 (topic tuples.train); give the demo more, as with --studies");
  }

  private static final class MovedClock extends Clock {

    private Instant now = BEGIN;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
