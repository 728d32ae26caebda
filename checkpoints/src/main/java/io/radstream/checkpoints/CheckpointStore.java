package io.radstream.checkpoints;

import java.io.IOException;
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
 * digits>/}.
 */
public final class CheckpointStore {

  private final Path root;

  public CheckpointStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
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
      return CheckpointLine.lock(line, directory);
    } catch (FileSystemException e) {
      throw new IOException(
          "cannot write to the checkpoint store %s: %s".formatted(root, reason(e)), e);
    }
  }

  /** The line of this name where there is none yet, else the first free of name-2, name-3, ... */
  public String freeLine(String name) throws IOException {
    String candidate = name;
    for (int number = 2; !directories(root.resolve(candidate)).isEmpty(); number++) {
      candidate = name + "-" + number;
    }
    return candidate;
  }

  /**
   * The complete checkpoints of a line, oldest first; none for a line that does not exist.
   *
   * @throws IOException where one cannot be read; the message names it
   */
  public List<Checkpoint> list(String line) throws IOException {
    return list(root.resolve(line));
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
