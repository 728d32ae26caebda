package io.radstream.serving.checkpoint;

import io.radstream.serving.decisions.Decision;
import io.radstream.serving.decisions.DecisionLog;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what policies decide. Where the log cannot be read or written within seconds, it is
 * carried out here all the same, since someone has to answer. For one thread.
 */
public final class DecisionRecorder {

  private static final Logger LOG = LoggerFactory.getLogger(DecisionRecorder.class);

  /** Of a start; whoever has no topic of decisions has to wait that long for the first answer. */
  private static final Duration FIRST_READ = Duration.ofSeconds(10);

  private final DecisionLog log;
  private boolean givenUp;
  private boolean alone;

  public DecisionRecorder(DecisionLog log) {
    this.log = log;
  }

  DecisionLog log() {
    return log;
  }

  /** Waits a while for what was decided before, once. */
  boolean isReadOrGivenUp() {
    if (!log.isRead() && !givenUp) {
      try {
        givenUp = !log.awaitRead(FIRST_READ);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /** Returns when the decision has had its effect, or has been found to have none. */
  void record(Decision decision) {
    if (!log.isRead()) {
      carryOutHere(decision, "what was decided before cannot be read");
      return;
    }
    try {
      log.write(decision).join();
      if (alone) {
        LOG.info("decisions about checkpoints are recorded again");
      }
      alone = false;
    } catch (CompletionException | CancellationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      carryOutHere(decision, "it cannot be written: " + cause);
    }
  }

  private void carryOutHere(Decision decision, String why) {
    if (!alone) {
      LOG.warn(
          "decisions about checkpoints are carried out by this instance alone, and may be lost"
              + " when it stops. Is the topic models.decisions there (radstream topics create), and"
              + " may it be read and written? {}",
          why);
    }
    alone = true;
    log.carryOutHere(decision);
  }

  /** Writes what nobody waits for, and whose loss harms nobody. */
  void note(Decision decision) {
    if (log.isRead()) {
      CompletableFuture<?> unused =
          log.write(decision)
              .whenComplete(
                  (entry, failure) -> {
                    if (failure != null) {
                      LOG.debug("a note about a checkpoint is lost: {}", failure.toString());
                    }
                  });
    }
  }

  /** Sends what was carried out here alone, if the log may take it by now. */
  void sendAgain() {
    if (alone && log.isRead()) {
      log.sendAgain();
    }
  }
}
