package io.radstream.serving.checkpoint;

import io.radstream.checkpoints.CheckpointDirectory;
import io.radstream.checkpoints.Fault;
import io.radstream.schemas.CheckpointPublished;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checkpoint directories that hold exactly the announced files with exactly their content, and at
 * most a calibration beside them.
 */
final class VerifiedCheckpoint {

  private static final Set<String> NEEDED =
      Set.of(CheckpointDirectory.MODEL, CheckpointDirectory.CONFIG, CheckpointDirectory.TOKENIZER);
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

  private VerifiedCheckpoint() {}

  /**
   * @param store the directory that all checkpoints lie under
   * @param read called whenever some of a file has been read
   * @throws RefusedCheckpointException naming the first thing that is wrong
   */
  static CheckpointDirectory verify(Path store, CheckpointPublished announced, Runnable read)
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
    CheckpointDirectory directory = directory(store, announced);
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

  /** A store that is synchronised has temporary files, too, while one is on its way. */
  private static RefusedCheckpointException refusal(Fault fault) {
    return fault instanceof Fault.NotPlain
        ? new RefusedCheckpointException(reason(fault))
        : RefusedCheckpointException.forNow(reason(fault), null);
  }

  /**
   * Where it lies; what is in it was not looked at.
   *
   * @throws RefusedCheckpointException where that is not inside the store
   */
  static CheckpointDirectory directory(Path store, CheckpointPublished announced)
      throws RefusedCheckpointException {
    return new CheckpointDirectory(directory(store, announced.getUri()));
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
