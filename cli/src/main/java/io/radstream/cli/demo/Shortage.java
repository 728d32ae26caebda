package io.radstream.cli.demo;

import io.radstream.trainer.run.TrainingListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Ends a run that waits for studies which will not come, since its source has ended. */
final class Shortage implements TrainingListener {

  /** Longer than the stage waits for parts of a study. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Clock clock;
  private Optional<Instant> since = Optional.empty();

  Shortage(Clock clock) {
    this.clock = clock;
  }

  /**
   * @throws IllegalStateException where that has gone on for too long
   */
  @Override
  public void waiting(int studies, int needed, String topic) {
    Instant now = clock.instant();
    since = since.or(() -> Optional.of(now));
    if (Duration.between(since.get(), now).compareTo(PATIENCE) > 0) {
      throw new IllegalStateException(
          "there are %d studies to learn from, and a step takes %d (topic %s); give the demo more, as with --studies"
              .formatted(studies, needed, topic));
    }
  }
}
