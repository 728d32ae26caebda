package io.radstream.serving.calibration;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.log.TopicFollower;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calibrates checkpoints as they are announced, on the thread that follows them: of each line the
 * newest, so that it keeps up with a trainer that is faster.
 */
public final class CalibrationFollower implements TopicFollower.Listener<CheckpointPublished> {

  private static final Logger LOG = LoggerFactory.getLogger(CalibrationFollower.class);

  private final CheckpointStore store;
  private final Optional<String> line;
  private final CheckpointCalibrator calibrator;
  private final Effort effort;
  private final Consumer<CheckpointCalibrator.Written> told;
  private final Map<String, CheckpointPublished> newest = new LinkedHashMap<>();

  /**
   * @param line the only model line to calibrate, or empty for all
   * @param told of each checkpoint that was calibrated
   */
  public CalibrationFollower(
      CheckpointStore store,
      Optional<String> line,
      CheckpointCalibrator calibrator,
      Effort effort,
      Consumer<CheckpointCalibrator.Written> told) {
    this.store = store;
    this.line = line;
    this.calibrator = calibrator;
    this.effort = effort;
    this.told = told;
  }

  @Override
  public void accept(List<CheckpointPublished> announced, boolean caughtUp) {
    announced.stream()
        .filter(checkpoint -> line.isEmpty() || line.get().equals(checkpoint.getLine()))
        .forEach(checkpoint -> newest.put(checkpoint.getLine(), checkpoint));
    if (caughtUp) {
      try {
        newest.values().forEach(this::calibrate);
      } catch (CancellationException e) {
        // Of no other line either: each would be loaded first.
        LOG.debug("calibrating was ended");
      }
      newest.clear();
    }
  }

  private void calibrate(CheckpointPublished announced) {
    try {
      Optional<Checkpoint> found = store.find(announced.getLine(), announced.getStep());
      if (found.isEmpty()) {
        LOG.atWarn()
            .addKeyValue("checkpoint", announced.getCheckpointId())
            .log("an announced checkpoint is not in the store, and so is not calibrated");
        return;
      }
      CheckpointCalibrator.Written written = calibrator.calibrate(found.get(), effort);
      store.putCalibration(found.get());
      told.accept(written);
    } catch (CancellationException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The next checkpoint may be better.
      LOG.atWarn()
          .addKeyValue("checkpoint", announced.getCheckpointId())
          .log("a checkpoint could not be calibrated: {}", e.getMessage());
      LOG.atDebug().setCause(e).log("why a checkpoint could not be calibrated");
    }
  }
}
