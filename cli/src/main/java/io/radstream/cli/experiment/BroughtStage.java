package io.radstream.cli.experiment;

import io.radstream.experiments.plan.Source.Brought;
import io.radstream.experiments.plan.Source.JsonLines;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.Topic;
import io.radstream.streams.StageConfig;
import io.radstream.streams.StageConfig.Reports;
import io.radstream.streams.StageStatus;
import io.radstream.streams.StreamStage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Stages what was published of a source, to the last study. */
record BroughtStage(String name, Brought source, Grounds grounds, BooleanSupplier stopRequested) {

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  /** Nothing more comes: all is published before the stage begins. */
  private static final Duration DEADLINE_WITHOUT_REPORT = Duration.ofSeconds(2);

  private static final Duration LOOK = Duration.ofMillis(200);

  /**
   * For the stage, which lets time go on by the clock once its topic has been silent for a second.
   */
  private static final Duration GRACE = Duration.ofSeconds(4);

  /**
   * @return how many were made now, none where a process before made them all; empty where it was
   *     asked to stop
   * @throws IOException where there are none
   */
  OptionalLong tuples(ReportTokenizers tokenizers) throws IOException, InterruptedException {
    Path state = grounds.directory().resolve("streams").resolve(name);
    try (StreamStage stage = StreamStage.start(grounds.to(source), config(tokenizers), state)) {
      if (!awaitLast(stage)) {
        return OptionalLong.empty();
      }
      StageStatus status = stage.status();
      if (status.tuples() == 0 && !areThere()) {
        throw new IOException(
            "source %s: none of its studies became a tuple, %d were rejected; topics peek studies.rejected tells why"
                .formatted(name, status.rejections()));
      }
      return OptionalLong.of(status.tuples());
    }
  }

  private boolean areThere() {
    return Stream.of(Topic.TUPLES_TRAIN, Topic.TUPLES_VALIDATION, Topic.TUPLES_TEST)
        .anyMatch(topic -> grounds.holds(source, topic));
  }

  private StageConfig config(ReportTokenizers tokenizers) {
    return StageConfig.of(tokenizers)
        .withSettle(Duration.ZERO)
        .withDeadline(waits() ? DEADLINE_WITHOUT_REPORT : DEADLINE)
        .withValidationShare(source.validation())
        .withTestShare(source.test())
        .withReports(waits() ? Reports.OPTIONAL : Reports.REQUIRED);
  }

  /** Whether studies without a report wait for one until their deadline. */
  private boolean waits() {
    return source instanceof JsonLines lines && lines.withoutReports();
  }

  /** Until all is read, and nothing has come of it for as long as a study waits. */
  private boolean awaitLast(StreamStage stage) throws IOException, InterruptedException {
    Duration silence = waits() ? DEADLINE_WITHOUT_REPORT.plus(GRACE) : Duration.ZERO;
    long decided = -1;
    long since = 0;
    while (!stopRequested.getAsBoolean()) {
      grounds.cluster().requireAlive();
      stage.requireAlive();
      StageStatus status = stage.status();
      long now = grounds.clock().millis();
      if (stage.lag() > 0 || status.tuples() + status.rejections() != decided) {
        decided = status.tuples() + status.rejections();
        since = now;
      } else if (now - since >= silence.toMillis()) {
        return true;
      }
      Thread.sleep(LOOK.toMillis());
    }
    return false;
  }
}
