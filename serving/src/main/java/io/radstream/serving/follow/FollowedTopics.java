package io.radstream.serving.follow;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.schemas.log.TopicFollower;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the service follows. Owns the followers, and says which topics it ought to follow and does
 * not. For one thread until it has started; then thread-safe.
 */
public final class FollowedTopics implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FollowedTopics.class);

  private static final long LOOK_SECONDS = 5;

  private final MeterRegistry meters;
  private final ClockWatch clock;
  private final ScheduledExecutorService watching =
      new ScheduledThreadPoolExecutor(1, FollowedTopics::watching);
  private final List<TopicFollower<?>> needed = new ArrayList<>();
  private final List<TopicFollower<?>> all = new ArrayList<>();

  public FollowedTopics(MeterRegistry meters) {
    this.meters = meters;
    this.clock = new ClockWatch(meters.config().clock());
  }

  private static Thread watching(Runnable task) {
    Thread made = new Thread(task, "watch-clock");
    made.setDaemon(true);
    return made;
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
    Future<?> unused =
        watching.scheduleWithFixedDelay(
            this::lookAtClock, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Kafka's client tells by the wall clock when it may look for a broker again that was away: set
   * back by an hour, it would not for as long.
   */
  private void lookAtClock() {
    if (clock.wasSetBack()) {
      LOG.warn("the clock was set back; topics are followed with new clients");
      all.forEach(TopicFollower::reopen);
    }
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
    watching.shutdown();
    all.forEach(TopicFollower::close);
  }
}
