package io.radstream.serving.calibration;

import io.radstream.checkpoints.CalibrationFile;
import io.radstream.checkpoints.Checkpoint;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.serving.checkpoint.CheckpointLoader;
import io.radstream.serving.checkpoint.NetworkLoader;
import io.radstream.serving.panel.Panel;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.PromptSet;
import io.radstream.serving.score.ScoringModel;
import java.io.IOException;
import java.time.InstantSource;

/**
 * Calibrates checkpoints of a store, and writes what was found beside each.
 *
 * @param panel labelled studies
 * @param prompts of the findings that are looked for
 * @param known studies that the networks have learned from
 * @param device that networks compute on; the engine must have been started
 */
public record CheckpointCalibrator(
    Panel panel, PromptSet prompts, KnownStudies known, ComputeDevice device, InstantSource clock) {

  /**
   * @param sha256 of the file that was written, in lower-case hexadecimal
   */
  public record Written(String checkpointId, String sha256, Calibrated calibrated) {}

  /**
   * @throws IOException where the checkpoint cannot be used, or not with studies of training, or
   *     its directory not be written to
   * @throws java.util.concurrent.CancellationException where the effort is to end
   */
  public Written calibrate(Checkpoint checkpoint, Effort effort) throws IOException {
    checkpoint.verify();
    try (ScoringModel model = open(checkpoint)) {
      requireHolding(model);
      Calibrated calibrated =
          new Calibrator(panel, effort)
              .calibrate(
                  model, checkpoint.checksums().get(Checkpoint.MODEL), known.draw(checkpoint.id()));
      return new Written(
          checkpoint.id(),
          new CalibrationFile(checkpoint.files()).write(calibrated.calibration()),
          calibrated);
    }
  }

  /**
   * Published views are not what it learned from, and hundreds of studies at full resolution are
   * more than memory holds.
   */
  private void requireHolding(ScoringModel model) throws IOException {
    if (model.identity().content().originals() && known != KnownStudies.NONE) {
      throw new IOException(
          "checkpoint %s learned from pictures at full resolution: calibrate it with --familiar 0, on a panel of such pictures"
              .formatted(model.identity().checkpointId()));
    }
  }

  private ScoringModel open(Checkpoint checkpoint) throws IOException {
    return new CheckpointLoader(
            checkpoint.directory(), FindingSets.of(prompts), NetworkLoader.on(device), clock, false)
        .open(checkpoint);
  }
}
