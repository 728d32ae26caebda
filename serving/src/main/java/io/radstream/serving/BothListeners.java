package io.radstream.serving;

import io.radstream.schemas.log.TopicFollower;
import io.radstream.schemas.log.UnreadableRecord;
import java.util.List;

/**
 * Two listeners of one topic; where either throws, both are given the records again.
 *
 * @param <T> the record type
 */
record BothListeners<T>(TopicFollower.Listener<T> one, TopicFollower.Listener<T> other)
    implements TopicFollower.Listener<T> {

  @Override
  public void accept(List<T> records, boolean caughtUp) {
    one.accept(records, caughtUp);
    other.accept(records, caughtUp);
  }

  @Override
  public void unreadable(List<UnreadableRecord> records) {
    one.unreadable(records);
    other.unreadable(records);
  }
}
