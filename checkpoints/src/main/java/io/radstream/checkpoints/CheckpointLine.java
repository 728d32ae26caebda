package io.radstream.checkpoints;

import io.radstream.radiology.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model line that this process alone may write to. Not thread-safe. */
public final class CheckpointLine implements AutoCloseable {

  /** Writes a network and its optimizer's state to two files. */
  @FunctionalInterface
  public interface Weights {
    void save(Path model, Path optimizer) throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointLine.class);
  private static final String LOCK = ".lock";

  private final String name;
  private final Path directory;
  private final FileChannel lock;
  private final Optional<LineCopies> copies;
  private final Set<Path> told = new HashSet<>();

  private CheckpointLine(
      String name, Path directory, FileChannel lock, Optional<LineCopies> copies) {
    this.name = name;
    this.directory = directory;
    this.lock = lock;
    this.copies = copies;
  }

  /**
   * @param copies of a line whose checkpoints are objects elsewhere
   */
  static CheckpointLine lock(String name, Path directory, Optional<LineCopies> copies)
      throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!tryLock(channel)) {
      channel.close();
      throw new IOException(
          "another trainer is writing to the model line " + name + "; give another --line");
    }
    CheckpointLine line = new CheckpointLine(name, directory, channel, copies);
    line.clean();
    try {
      if (copies.isPresent()) {
        copies.get().open();
      }
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return line;
  }

  /** What a killed process left behind is in nobody's way, whether it can be deleted or not. */
  private void clean() {
    try {
      AtomicDirectory.clean(directory);
    } catch (IOException e) {
      LOG.warn(
          "what an earlier process left half-written or half-deleted cannot be deleted: {}",
          e.toString());
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // held by this very process
    }
  }

  public String name() {
    return name;
  }

  /**
   * The newest checkpoint; the older ones are not looked at.
   *
   * @throws IOException where it cannot be read
   */
  public Optional<Checkpoint> latest() throws IOException {
    Optional<Path> newest =
        CheckpointStore.directories(directory).stream()
            .max(Comparator.comparingLong(CheckpointLine::number));
    if (newest.isPresent() && copies.isPresent()) {
      return copies.get().whole(number(newest.get()));
    }
    return newest.isPresent() ? Optional.of(Checkpoint.read(newest.get())) : Optional.empty();
  }

  /**
   * Has all that was written where others find it, which is no work unless that is elsewhere.
   *
   * @throws IOException where that failed; what was written is whole, and can be put again
   */
  public void put() throws IOException {
    if (copies.isPresent()) {
      copies.get().put();
    }
  }

  /** By its name, which counts the steps. */
  static long number(Path checkpoint) {
    String name = checkpoint.getFileName().toString();
    return name.matches("[0-9]{1,18}") ? Long.parseLong(name) : -1;
  }

  /** All checkpoints that can be read, oldest first; of each other one the log tells once. */
  public List<Checkpoint> readable() throws IOException {
    List<Checkpoint> found = new ArrayList<>();
    for (Path checkpoint : CheckpointStore.directories(directory)) {
      try {
        found.add(Checkpoint.read(checkpoint));
      } catch (IOException e) {
        tell(checkpoint, "cannot be read", e);
      }
    }
    found.sort(Comparator.comparingLong(checkpoint -> checkpoint.state().step()));
    return found;
  }

  private void tell(Path checkpoint, String what, IOException why) {
    if (told.add(checkpoint)) {
      LOG.warn(
          "checkpoint {} {} and is left as it is, training goes on; see who may read and write it, and delete it by hand where it is not needed ({})",
          checkpoint,
          what,
          why.toString());
    }
  }

  /**
   * Writes a checkpoint; it is there as a whole or not at all.
   *
   * @param state its {@code files} are filled in here
   * @param configuration of the run, as JSON; {@code model} in it is the network's
   * @param card the README
   * @param tokenizers file name to content, as {@link CheckpointDirectory#tokenizerFiles} names
   *     them
   * @throws IOException where it cannot be written; earlier checkpoints are untouched
   */
  public Checkpoint write(
      CheckpointState state,
      String configuration,
      ModelCard card,
      Map<String, byte[]> tokenizers,
      Weights weights)
      throws IOException {
    Path target = directory.resolve(Checkpoint.directoryName(state.step()));
    Path pending = null;
    try {
      pending = AtomicDirectory.begin(target);
      Checkpoint draft = new Checkpoint(pending, state);
      CheckpointState complete = fill(draft, configuration, card, tokenizers, weights);
      AtomicDirectory.commit(pending, target);
      copies.ifPresent(elsewhere -> elsewhere.written(state.step()));
      return new Checkpoint(target, complete);
    } catch (IOException e) {
      discard(pending, e);
      throw new IOException(
          "cannot write checkpoint %s: %s; earlier checkpoints are untouched"
              .formatted(target, e.getMessage()),
          e);
    }
  }

  private static CheckpointState fill(
      Checkpoint draft,
      String configuration,
      ModelCard card,
      Map<String, byte[]> tokenizers,
      Weights weights)
      throws IOException {
    weights.save(draft.file(Checkpoint.MODEL), draft.file(Checkpoint.OPTIMIZER));
    Files.writeString(draft.file(Checkpoint.CONFIG), configuration);
    for (Map.Entry<String, byte[]> tokenizer : tokenizers.entrySet()) {
      Files.write(draft.file(tokenizer.getKey()), tokenizer.getValue());
    }
    Files.writeString(draft.file(Checkpoint.README), card.text(draft.state()));
    Map<String, String> hashes = new LinkedHashMap<>();
    List<String> files = new ArrayList<>(tokenizers.keySet());
    files.addAll(
        List.of(Checkpoint.MODEL, Checkpoint.OPTIMIZER, Checkpoint.CONFIG, Checkpoint.README));
    for (String file : files) {
      hashes.put(file, Sha256.of(draft.file(file)));
    }
    CheckpointState complete = draft.state().withFiles(hashes);
    Files.writeString(
        draft.file(Checkpoint.STATE),
        Checkpoint.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(complete));
    return complete;
  }

  private static void discard(Path pending, IOException cause) {
    try {
      if (pending != null) {
        AtomicDirectory.delete(pending);
      }
    } catch (IOException e) {
      cause.addSuppressed(e); // the next start cleans it away
    }
  }

  /**
   * Deletes what need not be kept; never the newest, and nothing that cannot be read. What cannot
   * be deleted stays.
   *
   * @param inUse ids of checkpoints that a service has live
   */
  public void prune(Retention keep, Set<String> inUse) throws IOException {
    List<Checkpoint> all = readable();
    Set<Long> kept = new HashSet<>();
    all.subList(Math.max(0, all.size() - keep.keepLast()), all.size())
        .forEach(checkpoint -> kept.add(checkpoint.state().step()));
    keep.best()
        .flatMap(rule -> rule.of(all))
        .ifPresent(checkpoint -> kept.add(checkpoint.state().step()));
    kept.addAll(firstOfEach(keep.keepEvery(), all));
    for (Checkpoint checkpoint : all) {
      long step = checkpoint.state().step();
      // One that was not put is the parent of those that will be.
      boolean waits = copies.isPresent() && copies.get().isOnlyHere(step);
      if (!kept.contains(step) && !inUse.contains(checkpoint.id()) && !waits) {
        remove(checkpoint.directory());
      }
    }
  }

  private void remove(Path checkpoint) {
    try {
      if (copies.isPresent()) {
        copies.get().remove(number(checkpoint));
      }
      AtomicDirectory.remove(checkpoint);
    } catch (IOException e) {
      tell(checkpoint, "cannot be deleted", e);
    }
  }

  private static Set<Long> firstOfEach(long interval, List<Checkpoint> all) {
    Map<Long, Long> first = new HashMap<>();
    if (interval > 0) {
      for (Checkpoint checkpoint : all) {
        long step = checkpoint.state().step();
        first.putIfAbsent((step - 1) / interval, step);
      }
    }
    return Set.copyOf(first.values());
  }

  /** Lets other processes have the line. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
