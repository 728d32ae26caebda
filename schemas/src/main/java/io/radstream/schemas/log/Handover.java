package io.radstream.schemas.log;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives records to a listener until it takes them. To skip what it fails on would be to skip a
 * withdrawal, or a checkpoint, in silence. Given to by one thread, asked by any.
 */
final class Handover<T> {

  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

  private final String topic;
  private final TopicFollower.Listener<T> listener;
  private final Patience patience;
  private volatile Optional<Throwable> failure = Optional.empty();

  Handover(String topic, TopicFollower.Listener<T> listener, Patience patience) {
    this.topic = topic;
    this.listener = listener;
    this.patience = patience;
  }

  /** Returns when the listener has taken the records. */
  void give(List<T> records, boolean caughtUp) {
    Patience.Wait wait = patience.begin();
    boolean tell = true;
    while (!taken(records, caughtUp, tell)) {
      tell = wait.pause();
    }
  }

  private boolean taken(List<T> records, boolean caughtUp, boolean tell) {
    try {
      listener.accept(records, caughtUp);
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
