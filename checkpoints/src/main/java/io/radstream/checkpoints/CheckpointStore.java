package io.radstream.checkpoints;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A directory of model lines, each a directory of checkpoints: {@code <root>/<line>/<step, 9
 * digits>/}. Where the checkpoints are objects elsewhere, the directory holds what was needed of
 * them so far.
 */
public final class CheckpointStore {

  private final Path root;
  private final Optional<StoredFiles> objects;

  public CheckpointStore(Path root) {
    this(root, Optional.empty());
  }

  /**
   * @param cache directory that may be lost at any time
   * @param objects where the checkpoints are
   */
  public CheckpointStore(Path cache, StoredFiles objects) {
    this(cache, Optional.of(objects));
  }

  private CheckpointStore(Path root, Optional<StoredFiles> objects) {
    this.root = root.toAbsolutePath().normalize();
    this.objects = objects;
  }

  /** Where the checkpoints are: a directory, or {@code s3://bucket/prefix}. */
  @Override
  public String toString() {
    return objects.map(StoredFiles::toString).orElseGet(root::toString);
  }

  /** The directory that code reads from. */
  public Path root() {
    return root;
  }

  /** Where the checkpoints are, unless that is the directory itself. */
  public Optional<StoredFiles> objects() {
    return objects;
  }

  /** As others find the checkpoint: its directory, or where its objects are. */
  public URI address(Checkpoint checkpoint) {
    return objects
        .map(stored -> stored.address(checkpoint.state().line(), checkpoint.state().step()))
        .orElseGet(checkpoint.directory()::toUri);
  }

  /**
   * Opens a line for writing; it is created where it does not exist. Only one process at a time has
   * it; what a killed one left half-written is cleaned away.
   *
   * @throws IOException where another trainer has the line, or the store cannot be written to
   */
  public CheckpointLine open(String line) throws IOException {
    Path directory = root.resolve(line);
    try {
      Files.createDirectories(directory);
      return CheckpointLine.lock(
          line, directory, objects.map(stored -> new LineCopies(line, directory, stored)));
    } catch (FileSystemException e) {
      throw new IOException(
          "cannot write to the checkpoint store %s: %s".formatted(root, reason(e)), e);
    }
  }

  /** The line of this name where there is none yet, else the first free of name-2, name-3, ... */
  public String freeLine(String name) throws IOException {
    String candidate = name;
    for (int number = 2; hasAny(candidate); number++) {
      candidate = name + "-" + number;
    }
    return candidate;
  }

  private boolean hasAny(String line) throws IOException {
    return objects.isPresent()
        ? !objects.get().steps(line).isEmpty()
        : !directories(root.resolve(line)).isEmpty();
  }

  /**
   * The complete checkpoints of a line, oldest first; none for a line that does not exist. Where
   * they are objects, weights are at hand only of those that were {@link #find found}.
   *
   * @throws IOException where one cannot be read; the message names it
   */
  public List<Checkpoint> list(String line) throws IOException {
    return objects.isPresent()
        ? new LineCopies(line, root.resolve(line), objects.get()).listed()
        : list(root.resolve(line));
  }

  /**
   * @throws IOException where there is no such checkpoint
   */
  public Checkpoint load(String line, long step) throws IOException {
    Optional<Checkpoint> found = find(line, step);
    return found.orElseThrow(
        () -> new IOException("there is no checkpoint " + directory(line, step)));
  }

  /**
   * The checkpoint of this step; no other one of the line is looked at.
   *
   * @throws IOException where it is there and cannot be read
   */
  public Optional<Checkpoint> find(String line, long step) throws IOException {
    Path directory = directory(line, step);
    if (objects.isPresent()) {
      return new LineCopies(line, root.resolve(line), objects.get()).find(step);
    }
    return Files.isDirectory(directory)
        ? Optional.of(Checkpoint.read(directory))
        : Optional.empty();
  }

  /**
   * Where the checkpoint of this step lies, or would.
   *
   * @param line a plain name: it becomes part of the path
   */
  public Path directory(String line, long step) {
    return root.resolve(line).resolve(Checkpoint.directoryName(step));
  }

  /**
   * The files of a checkpoint but for its optimizer's, brought here where they are elsewhere.
   * Whether there are any is not looked at.
   *
   * @throws IOException where they cannot be brought
   */
  public CheckpointDirectory files(String line, long step) throws IOException {
    if (objects.isPresent()) {
      new LineCopies(line, root.resolve(line), objects.get()).findForScoring(step);
    }
    return new CheckpointDirectory(directory(line, step));
  }

  /**
   * Deletes what was brought for scoring and is not among the last eight; it can be brought again.
   */
  public void limitCache() throws IOException {
    if (objects.isPresent()) {
      new CacheLimit(root).enforce();
    }
  }

  /** Lets others have the calibration that was written beside a checkpoint. */
  public void putCalibration(Checkpoint checkpoint) throws IOException {
    if (objects.isPresent()) {
      objects
          .get()
          .putCalibration(
              new StoredFiles.Place(checkpoint.state().line(), checkpoint.state().step()),
              checkpoint.files());
    }
  }

  static List<Checkpoint> list(Path line) throws IOException {
    List<Checkpoint> found = new ArrayList<>();
    for (Path directory : directories(line)) {
      found.add(Checkpoint.read(directory));
    }
    found.sort(Comparator.comparingLong(checkpoint -> checkpoint.state().step()));
    return found;
  }

  /** Of complete checkpoints, whether they can be read or not; in no order. */
  static List<Path> directories(Path line) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(line)) {
      try (DirectoryStream<Path> directories = Files.newDirectoryStream(line, "[0-9]*")) {
        directories.forEach(found::add);
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
    return found;
  }

  private static String reason(FileSystemException e) {
    String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
    return reason + " (" + e.getFile() + ")";
  }
}
