package io.radstream.schemas.log;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives records to a listener until it takes them. To skip what it fails on would be to skip a
 * withdrawal, or a checkpoint, in silence. Given to by one thread, asked by any.
 */
final class Handover {

  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

  private final String topic;
  private final Patience patience;
  private volatile Optional<Throwable> failure = Optional.empty();

  Handover(String topic, Patience patience) {
    this.topic = topic;
    this.patience = patience;
  }

  /** Returns when the listener has taken the records. */
  void give(Runnable records) {
    Patience.Wait wait = patience.begin();
    boolean tell = true;
    while (!taken(records, tell)) {
      tell = wait.pause();
    }
  }

  private boolean taken(Runnable records, boolean tell) {
    try {
      records.run();
      failure = Optional.empty();
      return true;
    } catch (RuntimeException | Error e) {
      failure = Optional.of(e);
      if (tell) {
        LOG.atError()
            .addKeyValue("topic", topic)
            .setCause(e)
            .log("records of the topic cannot be dealt with; trying them again");
      }
      return false;
    }
  }

  /** Why the listener does not take the next records, for as long as it does not. */
  Optional<Throwable> failure() {
    return failure;
  }
}
