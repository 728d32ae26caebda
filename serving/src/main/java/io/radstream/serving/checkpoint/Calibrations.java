package io.radstream.serving.checkpoint;

import io.radstream.checkpoints.CalibrationFile;
import io.radstream.checkpoints.CalibrationState;
import io.radstream.checkpoints.CheckpointDirectory;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.serving.fleet.CheckpointRef;
import io.radstream.serving.score.ModelCalibration;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.ScoringModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether loaded checkpoints were calibrated since, or anew. For one thread, but for {@link
 * #readFor}, which is for any.
 */
public final class Calibrations {

  private static final Logger LOG = LoggerFactory.getLogger(Calibrations.class);

  /**
   * What tells a file from the one that was read before, for one model.
   *
   * @param vectors looked at only where what was read before is of no use: a store that is copied
   *     may bring them after the file that names them
   */
  private record Seen(ScoringModel model, Optional<Stamp> stamp, Optional<Stamp> vectors) {}

  private record Stamp(FileTime time, long bytes) {}

  private final CheckpointStore store;
  private final Announcements announcements;
  private final LoadedModels models;
  private final boolean applied;
  private final Runnable changed;
  private final Map<CheckpointRef, Seen> seen = new HashMap<>();

  /**
   * @param store nothing outside of it is read
   * @param applied whether probabilities are to be calibrated
   * @param changed told where a model is read in another way from now on
   */
  public Calibrations(
      CheckpointStore store,
      Announcements announcements,
      LoadedModels models,
      boolean applied,
      Runnable changed) {
    this.store = store;
    this.announcements = announcements;
    this.models = models;
    this.applied = applied;
    this.changed = changed;
  }

  /** Looks once at every model that is loaded. */
  public void look() {
    try {
      Map<CheckpointRef, ScoringModel> loaded = models.loaded();
      seen.keySet().retainAll(loaded.keySet());
      boolean any = false;
      for (Map.Entry<CheckpointRef, ScoringModel> entry : loaded.entrySet()) {
        Optional<CheckpointPublished> announced = announcements.find(entry.getKey());
        any |= announced.isPresent() && look(announced.get(), entry.getKey(), entry.getValue());
      }
      if (any) {
        changed.run();
      }
    } catch (RuntimeException | Error e) {
      // The schedule that it is called by ends with the first failure.
      LOG.atWarn().setCause(e).log("looking for calibrations failed");
    }
  }

  private boolean look(CheckpointPublished announced, CheckpointRef ref, ScoringModel model) {
    CheckpointDirectory directory;
    try {
      directory = VerifiedCheckpoint.directory(store, announced);
      VerifiedCheckpoint.bringCalibration(store, announced);
    } catch (RefusedCheckpointException e) {
      LOG.atDebug().setCause(e).log("the directory of a loaded checkpoint is gone");
      return false;
    }
    if (!Files.isDirectory(directory.path())) {
      return false; // deleted from a cache, whose store does not answer or has no calibration
    }
    Seen now = seen(directory, model);
    if (now.equals(seen.put(ref, now))) {
      return false;
    }
    ModelCalibration before = model.calibration();
    ModelCalibration after = readFor(directory, model.identity(), applied);
    if (after.isLike(before)) {
      return false;
    }
    model.calibrate(after);
    return true;
  }

  private static Seen seen(CheckpointDirectory directory, ScoringModel model) {
    boolean read = model.calibration().sha256().isPresent();
    return new Seen(
        model,
        stamp(new CalibrationFile(directory).path()),
        read ? Optional.empty() : stamp(directory.file(CalibrationFile.FAMILIAR)));
  }

  private static Optional<Stamp> stamp(Path file) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return Optional.of(new Stamp(found.lastModifiedTime(), found.size()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Reads what there is beside a verified checkpoint, and tells the log. */
  static ModelCalibration readFor(
      CheckpointDirectory directory, ModelIdentity identity, boolean applied) {
    ModelCalibration read = read(directory, identity, applied);
    if (read.sha256().isPresent()) {
      LOG.atInfo()
          .addKeyValue("checkpoint", identity.checkpointId())
          .addKeyValue("sha256", read.sha256().get())
          .log("checkpoint is read by its calibration");
    } else if (read != ModelCalibration.NONE) {
      LOG.atWarn()
          .addKeyValue("checkpoint", identity.checkpointId())
          .log("calibration is not used: {}", read.reason().orElse(""));
    }
    return read;
  }

  /** Whatever is wrong with it, the checkpoint is as good as without. */
  private static ModelCalibration read(
      CheckpointDirectory directory, ModelIdentity identity, boolean applied) {
    try {
      String weights = identity.content().files().get(CheckpointDirectory.MODEL);
      return ModelCalibration.of(new CalibrationFile(directory).read(weights), applied);
    } catch (RuntimeException | Error e) {
      // Such as of a small file that has so many vectors that they do not fit into memory.
      return ModelCalibration.of(
          new CalibrationState.Unusable(CalibrationFile.CALIBRATION + ": reading it failed: " + e),
          applied);
    }
  }
}
