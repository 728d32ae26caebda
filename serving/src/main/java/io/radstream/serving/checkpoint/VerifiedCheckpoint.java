package io.radstream.serving.checkpoint;

import io.radstream.checkpoints.CheckpointDirectory;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.checkpoints.Fault;
import io.radstream.objects.ObjectAddress;
import io.radstream.schemas.CheckpointPublished;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoint directories that hold exactly the announced files with exactly their content, and at
 * most a calibration beside them.
 */
final class VerifiedCheckpoint {

  private static final Set<String> NEEDED =
      Set.of(CheckpointDirectory.MODEL, CheckpointDirectory.CONFIG, CheckpointDirectory.TOKENIZER);
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

  private static final Logger LOG = LoggerFactory.getLogger(VerifiedCheckpoint.class);

  private VerifiedCheckpoint() {}

  /**
   * @param store that all checkpoints are in
   * @param read called whenever some of a file has been read
   * @throws RefusedCheckpointException naming the first thing that is wrong
   */
  static CheckpointDirectory verify(
      CheckpointStore store, CheckpointPublished announced, Runnable read)
      throws RefusedCheckpointException {
    Map<String, String> files = announced.getFiles();
    for (String name : files.keySet()) {
      if (!PLAIN_NAME.matcher(name).matches()) {
        throw new RefusedCheckpointException("the announcement has an illegal file name");
      }
    }
    for (String needed : NEEDED) {
      if (!files.containsKey(needed)) {
        throw new RefusedCheckpointException("the announcement does not list " + needed);
      }
    }
    return store.objects().isPresent()
        ? brought(store, announced, read)
        : verified(directory(store, announced), files, read);
  }

  private static CheckpointDirectory verified(
      CheckpointDirectory directory, Map<String, String> files, Runnable read)
      throws RefusedCheckpointException {
    Optional<Fault> fault;
    try {
      fault = directory.fault(files, read);
    } catch (IOException e) {
      throw RefusedCheckpointException.forNow("cannot read the checkpoint: " + e.getMessage(), e);
    }
    if (fault.isPresent()) {
      throw refusal(fault.get());
    }
    return directory;
  }

  /** From objects elsewhere; what a disk has damaged is brought once more. */
  private static CheckpointDirectory brought(
      CheckpointStore store, CheckpointPublished announced, Runnable read)
      throws RefusedCheckpointException {
    BroughtCheckpoint stored = BroughtCheckpoint.of(store, announced);
    stored.bring(read);
    Optional<Fault> fault = stored.fault(read);
    if (fault.isPresent()) {
      stored.discard();
      stored.bring(read);
      fault = stored.fault(read);
    }
    if (fault.isPresent()) {
      throw refusal(fault.get());
    }
    stored.bringCalibration();
    try {
      store.limitCache();
    } catch (IOException e) {
      LOG.atWarn().log("old checkpoints cannot be deleted from the cache: {}", e.toString());
    }
    return stored.directory();
  }

  /** Where the store has another calibration than the directory, brings it. */
  static void bringCalibration(CheckpointStore store, CheckpointPublished announced)
      throws RefusedCheckpointException {
    if (store.objects().isPresent()) {
      BroughtCheckpoint.of(store, announced).bringCalibration();
    }
  }

  /** A store that is synchronised has temporary files, too, while one is on its way. */
  static RefusedCheckpointException refusal(Fault fault) {
    return fault instanceof Fault.NotPlain
        ? new RefusedCheckpointException(reason(fault))
        : RefusedCheckpointException.forNow(reason(fault), null);
  }

  /**
   * Where it lies; what is in it was not looked at.
   *
   * @throws RefusedCheckpointException where that is not inside the store
   */
  static CheckpointDirectory directory(CheckpointStore store, CheckpointPublished announced)
      throws RefusedCheckpointException {
    return store.objects().isPresent()
        ? BroughtCheckpoint.of(store, announced).directory()
        : new CheckpointDirectory(directory(store.root(), announced.getUri()));
  }

  private static Path directory(Path store, String uri) throws RefusedCheckpointException {
    Path directory = filePath(uri);
    try {
      Path root = store.toRealPath();
      Path real = directory.toRealPath();
      if (!real.startsWith(root) || real.equals(root)) {
        throw new RefusedCheckpointException(
            "its directory is not inside the checkpoint store " + store + " (--store)");
      }
      return real;
    } catch (IOException e) {
      throw RefusedCheckpointException.forNow(
          "its directory cannot be found; is --store the directory that the trainer writes to?", e);
    }
  }

  private static Path filePath(String uri) throws RefusedCheckpointException {
    if (uri.startsWith(ObjectAddress.SCHEME)) {
      throw new RefusedCheckpointException(
          "it is in an object store; give --store the address that the trainer writes to");
    }
    try {
      return Path.of(new URI(uri));
    } catch (URISyntaxException | RuntimeException e) {
      throw new RefusedCheckpointException("its address is not a file: URI of a directory", e);
    }
  }

  private static String reason(Fault fault) {
    if (fault instanceof Fault.Missing missing) {
      return "file " + missing.file() + " is missing";
    }
    if (fault instanceof Fault.NotPlain link) {
      return link.file() + " is not a plain file";
    }
    if (fault instanceof Fault.Altered altered) {
      return "sha256 of %s differs from the announcement: the file was damaged or changed"
          .formatted(altered.file());
    }
    return "its directory holds %d file(s) that were not announced"
        .formatted(((Fault.Surplus) fault).files());
  }
}
