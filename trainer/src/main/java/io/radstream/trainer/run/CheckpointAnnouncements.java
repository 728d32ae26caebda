package io.radstream.trainer.run;

import io.opentelemetry.api.trace.SpanContext;
import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointLine;
import io.radstream.trainer.checkpoint.CheckpointAnnouncer;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Announces a line's checkpoints, and later those that the broker was not there for. */
final class CheckpointAnnouncements {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointAnnouncements.class);

  private final CheckpointLine line;
  private final CheckpointAnnouncer announcer;
  private boolean areMissing;

  CheckpointAnnouncements(CheckpointLine line, CheckpointAnnouncer announcer) {
    this.line = line;
    this.announcer = announcer;
  }

  /** Announces what an earlier process, or the broker's absence, left unannounced. */
  void catchUp() throws IOException, InterruptedException {
    line.put();
    int missing = announcer.announceMissing(line.readable());
    if (missing > 0) {
      LOG.info("announced checkpoints={} that were complete but not announced", missing);
    }
  }

  /**
   * @param origin span that it was written in
   */
  void announce(Checkpoint checkpoint, SpanContext origin) throws InterruptedException {
    try {
      if (areMissing) {
        catchUp();
      } else {
        line.put();
        announcer.announce(checkpoint, origin);
      }
      areMissing = false;
    } catch (IOException e) {
      // The checkpoint is safe on the disk; the next one, or the next start, announces it.
      areMissing = true;
      LOG.warn("{}; training goes on", e.getMessage());
    }
  }

  /**
   * Has what was written where others find it, at the end of a run.
   *
   * @throws IOException where the store of checkpoints does not take it
   */
  void settle() throws IOException, InterruptedException {
    line.put();
    if (areMissing) {
      try {
        catchUp();
      } catch (IOException e) {
        LOG.warn("{}; the next start announces it", e.getMessage());
      }
    }
  }
}
