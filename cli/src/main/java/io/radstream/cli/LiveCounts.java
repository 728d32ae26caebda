package io.radstream.cli;

import io.radstream.producers.publish.PublishProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs how much a source that listens has handed over: at its first item, then at intervals. */
final class LiveCounts implements PublishProgress {

  private static final Logger LOG = LoggerFactory.getLogger(LiveCounts.class);
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  private final String source;
  private final InstantSource clock;
  private Instant next = Instant.MIN;

  LiveCounts(String source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  @Override
  public synchronized void advanced(long items) {
    Instant now = clock.instant();
    if (!now.isBefore(next)) {
      LOG.info("{}: {} items handed over", source, items);
      next = now.plus(INTERVAL);
    }
  }
}
