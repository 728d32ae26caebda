package io.radstream.results.delivery;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.StudyWithdrawn;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.TopicFollower;
import io.radstream.schemas.log.UnreadableRecord;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Studies of which nothing is sent any more. Thread-safe. */
public final class Withdrawals implements AutoCloseable {

  private final Set<String> studies = ConcurrentHashMap.newKeySet();
  private final TopicFollower<StudyWithdrawn> follower;

  private Withdrawals(KafkaConnection connection) {
    this.follower =
        TopicFollower.of(
            connection,
            Topic.STUDIES_WITHDRAWN,
            StudyWithdrawn.class,
            new TopicFollower.Listener<>() {
              @Override
              public void accept(List<StudyWithdrawn> records, boolean caughtUp) {
                records.forEach(record -> studies.add(record.getStudyId()));
              }

              @Override
              public void unreadable(List<UnreadableRecord> records) {
                // Its key names the study, and that is all that is wanted.
                records.forEach(record -> record.key().ifPresent(studies::add));
              }
            });
  }

  /** Begins to read {@code studies.withdrawn}, and follows it. */
  public static Withdrawals follow(KafkaConnection connection) {
    Withdrawals withdrawals = new Withdrawals(connection);
    withdrawals.follower.start();
    return withdrawals;
  }

  /**
   * Waits until all are known that were there at the start.
   *
   * @return false where that takes longer
   * @throws io.radstream.schemas.log.UnreadableTopicException where they cannot be known any more
   */
  boolean areRead(Duration atMost) throws InterruptedException {
    return follower.awaitPast(atMost);
  }

  /**
   * @throws io.radstream.schemas.log.UnreadableTopicException where that cannot be known any more
   */
  boolean contains(String studyId) {
    follower.requireFollowed();
    return studies.contains(studyId);
  }

  @Override
  public void close() {
    follower.close();
  }
}
