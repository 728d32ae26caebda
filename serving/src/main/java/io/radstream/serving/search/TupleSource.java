package io.radstream.serving.search;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.TopicFollower;

/** Where the studies of an index come from. */
@FunctionalInterface
public interface TupleSource {

  /** Ends what {@link #follow} began, and waits until nothing is given to the listener any more. */
  @FunctionalInterface
  interface Followed {

    void end();
  }

  /**
   * {@code tuples.train}: what a network may learn from.
   *
   * @param most tuples of those that are there already, the last ones
   */
  static TupleSource training(KafkaConnection connection, int most) {
    return listener -> {
      TopicFollower<StudyTuple> follower =
          TopicFollower.ofLast(connection, Topic.TUPLES_TRAIN, StudyTuple.class, listener, most);
      follower.start();
      return follower::close;
    };
  }

  /** Begins to give tuples to a listener, on another thread. */
  Followed follow(TopicFollower.Listener<StudyTuple> listener);
}
