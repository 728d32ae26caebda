package io.radstream.serving.checkpoint;

import io.radstream.checkpoints.CheckpointDirectory;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.checkpoints.Fault;
import io.radstream.checkpoints.StoredFiles;
import io.radstream.schemas.CheckpointPublished;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An announced checkpoint that is in an object store, and the directory that its files are brought
 * to: all but the state of the optimizer, which is twice as large as the network and answers
 * nothing.
 *
 * @param files name to lower-case hexadecimal SHA-256, of those that are needed here
 */
record BroughtCheckpoint(
    StoredFiles objects,
    StoredFiles.Place place,
    CheckpointDirectory directory,
    Map<String, String> files) {

  private static final Logger LOG = LoggerFactory.getLogger(BroughtCheckpoint.class);

  BroughtCheckpoint {
    files = Map.copyOf(files);
  }

  /**
   * @throws RefusedCheckpointException where its address is not in the store
   */
  static BroughtCheckpoint of(CheckpointStore store, CheckpointPublished announced)
      throws RefusedCheckpointException {
    StoredFiles objects = store.objects().orElseThrow();
    StoredFiles.Place place =
        objects
            .place(announced.getUri())
            .orElseThrow(
                () ->
                    new RefusedCheckpointException(
                        "its address is not inside the checkpoint store "
                            + objects
                            + " (--store)"));
    CheckpointDirectory directory =
        new CheckpointDirectory(store.directory(place.line(), place.step()));
    Map<String, String> files = new TreeMap<>(announced.getFiles());
    // There is one where trainer and service share a cache.
    if (!Files.exists(directory.file(CheckpointDirectory.OPTIMIZER))) {
      files.remove(CheckpointDirectory.OPTIMIZER);
    }
    return new BroughtCheckpoint(objects, place, directory, files);
  }

  /**
   * Brings what is not there yet.
   *
   * @param read called whenever some of a file has been read
   */
  void bring(Runnable read) throws RefusedCheckpointException {
    Optional<Fault> fault;
    try {
      fault = objects.bring(place, files, directory.path(), read);
    } catch (IOException e) {
      throw RefusedCheckpointException.forNow("cannot bring the checkpoint: " + e.getMessage(), e);
    }
    if (fault.isPresent()) {
      throw VerifiedCheckpoint.refusal(fault.get());
    }
  }

  Optional<Fault> fault(Runnable read) throws RefusedCheckpointException {
    try {
      return directory.fault(files, read);
    } catch (IOException e) {
      throw RefusedCheckpointException.forNow("cannot read the checkpoint: " + e.getMessage(), e);
    }
  }

  /** All that was brought. */
  void discard() throws RefusedCheckpointException {
    try {
      for (String file : files.keySet()) {
        Files.deleteIfExists(directory.file(file));
      }
    } catch (IOException e) {
      throw RefusedCheckpointException.forNow(
          "the directory that checkpoints are brought to cannot be written to", e);
    }
  }

  /** Whatever comes of it, the checkpoint is as good as without. */
  void bringCalibration() {
    try {
      objects.bringCalibration(place, directory);
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("a calibration could not be brought");
    }
  }
}
