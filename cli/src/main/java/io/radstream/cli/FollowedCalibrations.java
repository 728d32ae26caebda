package io.radstream.cli;

import io.radstream.checkpoints.CheckpointStore;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.TopicFollower;
import io.radstream.serving.calibration.CalibrationFollower;
import io.radstream.serving.calibration.CheckpointCalibrator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;

/** {@code calibrate --follow}: calibrates what is announced, until it is told to stop. */
final class FollowedCalibrations {

  private record Summary(int calibrated) {}

  private final PrintWriter out;
  private final PrintWriter err;
  private final JsonSummary summary;
  private final CalibrationProgress progress;
  private final AtomicInteger calibrated = new AtomicInteger();
  private final CountDownLatch stop = new CountDownLatch(1);

  FollowedCalibrations(CommandLine line, JsonSummary summary, CalibrationProgress progress) {
    this.out = line.getOut();
    this.err = line.getErr();
    this.summary = summary;
    this.progress = progress;
  }

  /**
   * @param line the only model line to calibrate, or empty for all
   */
  void run(
      KafkaConnection connection,
      CheckpointStore store,
      Optional<String> line,
      CheckpointCalibrator calibrator)
      throws IOException, InterruptedException {
    CalibrationFollower follower =
        new CalibrationFollower(store, line, calibrator, progress, this::tell);
    GracefulStop.during(
        () -> {
          follow(connection, follower);
          // The summary is part of what must not be cut off.
          summary.print(new Summary(calibrated.get()));
        },
        this::stop);
  }

  private void tell(CheckpointCalibrator.Written written) {
    progress.close();
    calibrated.incrementAndGet();
    CalibrationTable.print(written, out);
  }

  private void stop() {
    progress.stop();
    stop.countDown();
    err.println("Stopping: what is not calibrated yet is left as it is.");
    err.flush();
  }

  private void follow(KafkaConnection connection, CalibrationFollower follower)
      throws InterruptedException {
    try (TopicFollower<CheckpointPublished> topic =
        TopicFollower.of(connection, Topic.CHECKPOINTS, CheckpointPublished.class, follower)) {
      topic.start();
      while (!stop.await(1, TimeUnit.SECONDS)) {
        topic.requireFollowed();
      }
    }
  }
}
