package io.radstream.cli;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.log.TopicFollower;
import io.radstream.tracking.TrackedTopics;
import io.radstream.tracking.Tracker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Mixin: which runs a tracker is told of, and until when. */
final class TrackOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private JsonSummary summary;

  @Option(
      names = "--line",
      paramLabel = "NAME",
      description = "Only runs of this model line. Repeatable (default: all).")
  private List<String> lines = new ArrayList<>();

  @Option(
      names = "--follow",
      description = "Go on with what comes, until stopped (default: end with what there is).")
  private boolean follow;

  private record Report(String place, long records, long unreadable) {}

  int run(Tracker tracker) throws IOException, InterruptedException {
    KafkaConnection connection = connectionOptions.connection();
    TrackedTopics topics =
        new TrackedTopics(connection, tracker, line -> lines.isEmpty() || lines.contains(line));
    CountDownLatch stop = new CountDownLatch(1);
    GracefulStop.during(() -> track(topics, tracker, stop), stop::countDown);
    return Radstream.DONE;
  }

  /** To its end: what was told is there when the process ends. */
  private void track(TrackedTopics topics, Tracker tracker, CountDownLatch stop)
      throws IOException, InterruptedException {
    Optional<Throwable> failure = Optional.empty();
    try (tracker) {
      if (follow) {
        failure = follow(topics, tracker, stop);
      } else {
        topics.once();
      }
    }
    tell(topics, tracker);
    failure.ifPresent(
        why -> {
          throw new IllegalStateException("a topic can no longer be followed: " + why, why);
        });
  }

  private Optional<Throwable> follow(TrackedTopics topics, Tracker tracker, CountDownLatch stop)
      throws InterruptedException {
    spec.commandLine().getErr().printf("Telling %s; stop with Ctrl-C.%n", tracker.place());
    List<TopicFollower<?>> followers = topics.follow();
    try {
      while (!stop.await(1, TimeUnit.SECONDS) && failure(followers).isEmpty()) {
        // The followers work.
      }
    } finally {
      followers.forEach(TopicFollower::close);
    }
    return failure(followers);
  }

  private static Optional<Throwable> failure(List<TopicFollower<?>> followers) {
    return followers.stream().flatMap(each -> each.failure().stream()).findFirst();
  }

  private void tell(TrackedTopics topics, Tracker tracker) {
    TrackedTopics.Told told = topics.told();
    spec.commandLine().getErr().printf("%d records told to %s.%n", told.records(), tracker.place());
    if (told.unreadable() > 0) {
      spec.commandLine().getErr().printf("%d could not be read.%n", told.unreadable());
    }
    summary.print(new Report(tracker.place(), told.records(), told.unreadable()));
  }
}
