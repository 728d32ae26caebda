package io.radstream.serving.follow;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.schemas.log.TopicFollower;
import java.util.ArrayList;
import java.util.List;

/**
 * What the service follows. Owns the followers, and says which topics it ought to follow and does
 * not. For one thread until it has started; then thread-safe.
 */
public final class FollowedTopics implements AutoCloseable {

  private final MeterRegistry meters;
  private final List<TopicFollower<?>> needed = new ArrayList<>();
  private final List<TopicFollower<?>> all = new ArrayList<>();

  public FollowedTopics(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Adds a topic without which the service does not do what it promises. */
  public void need(TopicFollower<?> follower) {
    needed.add(follower);
    add(follower);
  }

  /** Adds a topic that is only shown. */
  public void add(TopicFollower<?> follower) {
    all.add(follower);
    Gauge.builder("radstream.topic.followed", follower, FollowedTopics::isFollowed)
        .description("1 while the topic is followed, 0 where the service does not go on with it")
        .tag("topic", follower.topic())
        .register(meters);
  }

  private static double isFollowed(TopicFollower<?> follower) {
    return follower.failure().isEmpty() ? 1 : 0;
  }

  public void start() {
    all.forEach(TopicFollower::start);
  }

  /** Full names of needed topics that the service does not go on with; its log has the reasons. */
  public List<String> lost() {
    return needed.stream()
        .filter(follower -> follower.failure().isPresent())
        .map(TopicFollower::topic)
        .toList();
  }

  @Override
  public void close() {
    all.forEach(TopicFollower::close);
  }
}
