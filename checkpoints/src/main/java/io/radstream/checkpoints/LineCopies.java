package io.radstream.checkpoints;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Directories of a line whose checkpoints are objects elsewhere. The objects alone say which there
 * are; a directory holds the small files, and the large ones once they were needed. Not
 * thread-safe.
 */
final class LineCopies {

  private static final Logger LOG = LoggerFactory.getLogger(LineCopies.class);
  private static final String LARGE = ".safetensors";

  private final String line;
  private final Path directory;
  private final StoredFiles objects;

  /** Written here and not put yet. */
  private final TreeSet<Long> pending = new TreeSet<>();

  LineCopies(String line, Path directory, StoredFiles objects) {
    this.line = line;
    this.directory = directory;
    this.objects = objects;
  }

  private StoredFiles.Place place(long step) {
    return new StoredFiles.Place(line, step);
  }

  private Path path(long step) {
    return directory.resolve(Checkpoint.directoryName(step));
  }

  /**
   * Makes the directories those of the objects, for who may write to the line. One that a killed
   * process could not put is put where the line has not gone on without it; else it is deleted.
   */
  void open() throws IOException {
    objects.clean(line);
    List<Checkpoint> stored = listed();
    List<Long> steps = stored.stream().map(checkpoint -> checkpoint.state().step()).toList();
    Optional<String> end = stored.stream().map(Checkpoint::id).reduce((before, after) -> after);
    for (Checkpoint own : onlyHere(steps)) {
      if (end.isEmpty() || end.equals(Optional.ofNullable(own.state().parent()))) {
        pending.add(own.state().step());
        end = Optional.of(own.id());
      } else {
        LOG.warn(
            "checkpoint {} of an earlier process is deleted here: it never was in {}, and the line went on without it",
            own.id(),
            objects);
        AtomicDirectory.remove(own.directory());
      }
    }
    put();
  }

  private List<Checkpoint> onlyHere(List<Long> stored) throws IOException {
    List<Checkpoint> found = new ArrayList<>();
    for (Path path : CheckpointStore.directories(directory)) {
      if (stored.contains(CheckpointLine.number(path))) {
        continue;
      }
      Optional<Checkpoint> read = readable(path);
      if (read.isEmpty()) {
        AtomicDirectory.remove(path);
      } else {
        found.add(read.get());
      }
    }
    found.sort(Comparator.comparingLong(checkpoint -> checkpoint.state().step()));
    return found;
  }

  /** One that is damaged, or half brought, is as good as none. */
  private static Optional<Checkpoint> readable(Path path) throws IOException {
    try {
      return Optional.of(Checkpoint.read(path));
    } catch (DamagedCheckpointException | NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new IOException(
          "checkpoint %s cannot be read, and may be nowhere else: %s; see who may read it, or move it away"
              .formatted(path, e),
          e);
    }
  }

  /** Those that there are as objects, oldest first, with their small files at hand. */
  List<Checkpoint> listed() throws IOException {
    List<Checkpoint> found = new ArrayList<>();
    for (long step : objects.steps(line)) {
      bring(step, name -> !name.endsWith(LARGE)).ifPresent(found::add);
    }
    return found;
  }

  /** With all its files; empty where there is no such object. */
  Optional<Checkpoint> find(long step) throws IOException {
    return bring(step, name -> true);
  }

  /** With what a network needs that does not learn. */
  Optional<Checkpoint> findForScoring(long step) throws IOException {
    return bring(step, name -> !name.equals(Checkpoint.OPTIMIZER));
  }

  /** The same of one that may have been written here. */
  Optional<Checkpoint> whole(long step) throws IOException {
    return pending.contains(step) ? Optional.of(Checkpoint.read(path(step))) : find(step);
  }

  private Optional<Checkpoint> bring(long step, Predicate<String> wanted) throws IOException {
    Optional<byte[]> state = objects.state(place(step));
    if (state.isEmpty()) {
      return Optional.empty();
    }
    Files.createDirectories(directory);
    Path target = path(step);
    Path file = target.resolve(Checkpoint.STATE);
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), state.get())) {
      AtomicDirectory.delete(target);
      Path begun = AtomicDirectory.begin(target);
      Files.write(begun.resolve(Checkpoint.STATE), state.get());
      AtomicDirectory.commit(begun, target);
    }
    Checkpoint checkpoint = Checkpoint.read(target);
    Map<String, String> files = new HashMap<>(checkpoint.state().files());
    files.keySet().removeIf(wanted.negate());
    Optional<Fault> fault = objects.bring(place(step), files, target, () -> {});
    if (fault.isPresent()) {
      throw new IOException(
          "checkpoint %s in %s is damaged: %s; delete its state.json to go on from the checkpoint before"
              .formatted(checkpoint.id(), objects, what(fault.get())));
    }
    return Optional.of(checkpoint);
  }

  private static String what(Fault fault) {
    if (fault instanceof Fault.Missing missing) {
      return missing.file() + " is missing";
    }
    return fault instanceof Fault.Altered altered
        ? altered.file() + " is altered"
        : "its state.json names a file that is no file's name";
  }

  /** Whether it was written and is nowhere but here. */
  boolean isOnlyHere(long step) {
    return pending.contains(step);
  }

  /** That one was written. */
  void written(long step) {
    pending.add(step);
  }

  /** Puts all that was written, oldest first. */
  void put() throws IOException {
    while (!pending.isEmpty()) {
      Checkpoint checkpoint = Checkpoint.read(path(pending.first()));
      objects.put(checkpoint, new UploadLog(checkpoint));
      pending.remove(checkpoint.state().step());
    }
  }

  void remove(long step) throws IOException {
    objects.remove(place(step));
  }
}
