package io.radstream.serving.receipt;

import io.radstream.checkpoints.CheckpointDirectory;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.serving.checkpoint.CheckpointLoader;
import io.radstream.serving.checkpoint.NetworkLoader;
import io.radstream.serving.checkpoint.RefusedCheckpointException;
import io.radstream.serving.score.CheckpointContent;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.ScoringModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The checkpoint of the receipt before, which is mostly that of the next: its files are looked at,
 * and loaded, once. For one thread.
 */
final class LastCheckpoint implements AutoCloseable {

  private record Place(Path directory, ReceiptCheckpoint checkpoint) {}

  private record Use(
      Place place,
      FindingSets sets,
      Precision precision,
      boolean calibrated,
      ComputeDevice device) {}

  private record Looked(Place place, FilesCheck.Found files) {}

  private record Loaded(Use use, ScoringModel model) {}

  private final InstantSource clock;
  private Looked looked;
  private Loaded loaded;

  LastCheckpoint(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * @throws IOException where they cannot be read
   */
  FilesCheck.Found files(CheckpointDirectory directory, ReceiptCheckpoint checkpoint)
      throws IOException {
    Place place = new Place(directory.path(), checkpoint);
    if (looked == null || !looked.place.equals(place)) {
      looked = new Looked(place, new FilesCheck(directory).of(checkpoint));
    }
    return looked.files;
  }

  /**
   * @return open until the next one is asked for
   */
  ScoringModel model(
      CheckpointDirectory directory, ReceiptPayload payload, FindingSets sets, ComputeDevice device)
      throws RefusedCheckpointException {
    ReceiptSettings settings = payload.settings();
    Use use =
        new Use(
            new Place(directory.path(), payload.checkpoint()),
            sets,
            settings.asPrecision(),
            settings.calibration() != null,
            device);
    if (loaded == null || !loaded.use.equals(use)) {
      close();
      loaded = new Loaded(use, load(use, directory));
    }
    return loaded.model;
  }

  private ScoringModel load(Use use, CheckpointDirectory directory)
      throws RefusedCheckpointException {
    return new CheckpointLoader(
            directory.path(),
            use.sets,
            NetworkLoader.on(use.device, use.precision),
            clock,
            use.calibrated)
        .open(directory, identity(use.place.checkpoint));
  }

  private ModelIdentity identity(ReceiptCheckpoint checkpoint) {
    return new ModelIdentity(
        checkpoint.id(),
        checkpoint.line(),
        checkpoint.step(),
        clock.instant(),
        new CheckpointContent(checkpoint.runId(), checkpoint.files(), List.of(), Optional.empty()));
  }

  @Override
  public void close() {
    if (loaded != null) {
      loaded.model.close();
      loaded = null;
    }
  }
}
