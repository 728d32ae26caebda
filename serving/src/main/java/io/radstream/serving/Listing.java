package io.radstream.serving;

import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.StudyScore;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.TopicFollower;
import io.radstream.serving.compare.Comparison;
import io.radstream.serving.follow.FollowedTopics;
import io.radstream.serving.worklist.VerdictOutlet;
import io.radstream.serving.worklist.Worklist;
import io.radstream.serving.worklist.WorklistLimits;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** All that a list of the studies that arrived needs, put together for a service. */
final class Listing implements AutoCloseable {

  /** Of a study there can be scores by several checkpoints, and of several revisions. */
  private static final long SCORES_A_STUDY = 4;

  private final WorklistLimits limits;
  private final VerdictOutlet outlet;
  private final Worklist worklist;

  /**
   * @param changed called after each change of the list
   */
  Listing(
      KafkaConnection connection,
      WorklistLimits limits,
      Supplier<List<Comparison>> comparisons,
      InstantSource clock,
      MeterRegistry meters,
      Runnable changed) {
    this.limits = limits;
    this.outlet = VerdictOutlet.of(connection);
    this.worklist = new Worklist(limits, comparisons, outlet, clock, meters, changed);
  }

  Worklist worklist() {
    return worklist;
  }

  /** One that missed studies in silence would be worse than none: both topics are needed. */
  void follow(KafkaConnection connection, FollowedTopics followed) {
    followed.need(
        TopicFollower.ofLast(
            connection,
            Topic.SCORES,
            StudyScore.class,
            worklist.scores(),
            limits.studies() * SCORES_A_STUDY));
    followed.need(
        TopicFollower.of(connection, Topic.LABELS, LabelledStudy.class, worklist.labels()));
  }

  @Override
  public void close() {
    outlet.close();
  }
}
