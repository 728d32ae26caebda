package io.radstream.checkpoints;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.radstream.objects.ObjectStore;
import io.radstream.objects.WrittenBytes;
import io.radstream.radiology.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checkpoints as objects: {@code <line>/<step>/<SHA-256>/<file>}, and {@code
 * <line>/<step>/state.json}, which names all others by their digests and is written last, and only
 * where there is none. So what has a {@code state.json} is whole, and of two who write the same
 * step neither touches what the other wrote. Beside it a calibration may come and change, as in a
 * directory. Thread-safe.
 */
public final class StoredFiles {

  /**
   * Where a checkpoint lies.
   *
   * @param line a plain name
   */
  public record Place(String line, long step) {

    String key() {
      return line + "/" + Checkpoint.directoryName(step) + "/";
    }

    /** Below the root of a store. */
    Path in(Path root) {
      return root.resolve(line).resolve(Checkpoint.directoryName(step));
    }
  }

  private static final Pattern FOLDER =
      Pattern.compile("([A-Za-z0-9_][A-Za-z0-9_.-]*)/([0-9]{9,18})/?");
  private static final int MOST_STATE = 16 << 20;
  private static final String PENDING = ".bringing-";
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /** Longer than any upload takes; a killed process never ends its own. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final ObjectStore objects;

  public StoredFiles(ObjectStore objects) {
    this.objects = objects;
  }

  /** Of the whole store, {@code s3://bucket/prefix}. */
  @Override
  public String toString() {
    return objects.address().toString();
  }

  /** Whose calls are counted. */
  public ObjectStore objects() {
    return objects;
  }

  /** As announcements name a checkpoint. */
  public URI address(String line, long step) {
    String key = new Place(line, step).key();
    return objects.address().uri(key.substring(0, key.length() - 1));
  }

  /** What lies at an address; empty where that is not a checkpoint's in this store. */
  public Optional<Place> place(String address) {
    return objects
        .address()
        .keyOf(address)
        .map(FOLDER::matcher)
        .filter(Matcher::matches)
        .map(folder -> new Place(folder.group(1), Long.parseLong(folder.group(2))));
  }

  /** Steps of a line's complete checkpoints, in ascending order. */
  List<Long> steps(String line) throws IOException {
    return objects.list(line + "/").stream()
        .map(ObjectStore.Listed::key)
        .filter(key -> key.endsWith("/" + Checkpoint.STATE))
        .map(key -> FOLDER.matcher(key.substring(0, key.length() - Checkpoint.STATE.length())))
        .filter(Matcher::matches)
        .map(folder -> Long.parseLong(folder.group(2)))
        .sorted()
        .toList();
  }

  /** The {@code state.json} of a complete checkpoint. */
  Optional<byte[]> state(Place place) throws IOException {
    return objects.read(place.key() + Checkpoint.STATE, MOST_STATE);
  }

  /**
   * Writes a checkpoint that is whole. What is there already with the same content is not sent
   * again.
   *
   * @throws IOException where that failed, or another process has written this step
   */
  void put(Checkpoint checkpoint, WrittenBytes written) throws IOException {
    Place place = new Place(checkpoint.state().line(), checkpoint.state().step());
    List<String> present = objects.list(place.key()).stream().map(ObjectStore.Listed::key).toList();
    for (Map.Entry<String, String> file : new TreeMap<>(checkpoint.state().files()).entrySet()) {
      String key = key(place, file.getKey(), file.getValue());
      if (!present.contains(key)) {
        objects.put(key, checkpoint.file(file.getKey()), written);
      }
    }
    byte[] state = Files.readAllBytes(checkpoint.file(Checkpoint.STATE));
    if (!objects.create(place.key() + Checkpoint.STATE, state)
        && !state(place).filter(other -> Arrays.equals(other, state)).isPresent()) {
      throw new IOException(
          "another process has written checkpoint %s to %s; a line is for one trainer"
              .formatted(checkpoint.id(), this));
    }
  }

  private static String key(Place place, String name, String sha256) {
    return name.equals(Checkpoint.STATE) ? place.key() + name : place.key() + sha256 + "/" + name;
  }

  /** Deletes a checkpoint: first what makes it whole, so that nobody sees a part of it. */
  void remove(Place place) throws IOException {
    objects.delete(place.key() + Checkpoint.STATE);
    for (ObjectStore.Listed object : objects.list(place.key())) {
      objects.delete(object.key());
    }
  }

  /**
   * Copies those files to a directory that are not there; each appears whole, with the content that
   * its digest names.
   *
   * @param files name to lower-case hexadecimal SHA-256
   * @param read called after each piece, so that slow can be told from hanging
   * @return the first that the store does not have, or has with another content
   */
  public Optional<Fault> bring(
      Place place, Map<String, String> files, Path directory, Runnable read) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
      if (!PLAIN_NAME.matcher(file.getKey()).matches()
          || !DIGEST.matcher(file.getValue()).matches()) {
        return Optional.of(new Fault.NotPlain(file.getKey()));
      }
      Path target = directory.resolve(file.getKey());
      if (!Files.exists(target)) {
        String key = key(place, file.getKey(), file.getValue());
        Optional<Fault> fault = bring(key, file, target, Long.MAX_VALUE, read);
        if (fault.isPresent()) {
          return fault;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Fault> bring(
      String key, Map.Entry<String, String> file, Path target, long most, Runnable read)
      throws IOException {
    // Beside the directory, which holds nothing but a checkpoint's files.
    Path pending = target.getParent().resolveSibling(PENDING + UUID.randomUUID());
    try {
      if (!objects.fetch(key, pending, most, read)) {
        return Optional.of(new Fault.Missing(file.getKey()));
      }
      AtomicDirectory.cleanBefore(pending, PENDING);
      if (!Sha256.of(pending, read).equals(file.getValue())) {
        return Optional.of(new Fault.Altered(file.getKey()));
      }
      Files.move(pending, target, StandardCopyOption.ATOMIC_MOVE);
      return Optional.empty();
    } finally {
      Files.deleteIfExists(pending);
    }
  }

  /** Writes the calibration that lies in a directory, its vectors first. */
  void putCalibration(Place place, CheckpointDirectory directory) throws IOException {
    byte[] text = Files.readAllBytes(directory.file(CalibrationFile.CALIBRATION));
    Optional<String> vectors = vectors(text);
    if (vectors.isPresent()) {
      objects.put(
          key(place, CalibrationFile.FAMILIAR, vectors.get()),
          directory.file(CalibrationFile.FAMILIAR),
          bytes -> {});
    }
    objects.replace(place.key() + CalibrationFile.CALIBRATION, text);
  }

  /** Copies a calibration to a directory where the store has another one than that. */
  public void bringCalibration(Place place, CheckpointDirectory directory) throws IOException {
    Optional<byte[]> text =
        objects.read(place.key() + CalibrationFile.CALIBRATION, CalibrationFile.MOST_TEXT);
    if (text.isPresent() && !isThere(text.get(), directory.file(CalibrationFile.CALIBRATION))) {
      Files.createDirectories(directory.path());
      bringCalibration(place, text.get(), directory);
    }
  }

  private static boolean isThere(byte[] content, Path file) throws IOException {
    return Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content);
  }

  private void bringCalibration(Place place, byte[] text, CheckpointDirectory directory)
      throws IOException {
    Optional<String> vectors = vectors(text);
    if (vectors.isPresent()) {
      bring(
          key(place, CalibrationFile.FAMILIAR, vectors.get()),
          Map.entry(CalibrationFile.FAMILIAR, vectors.get()),
          directory.file(CalibrationFile.FAMILIAR),
          CalibrationFile.MOST_VECTORS,
          () -> {});
    }
    Path pending = directory.path().resolveSibling(PENDING + UUID.randomUUID());
    try {
      Files.write(pending, text);
      Files.move(
          pending, directory.file(CalibrationFile.CALIBRATION), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(pending);
    }
  }

  /** Digest of the vectors that a calibration names; whether it can be used is seen later. */
  private static Optional<String> vectors(byte[] calibration) throws IOException {
    try {
      String named = Checkpoint.JSON.readTree(calibration).at("/familiarity/sha256").asText();
      return Optional.of(named).filter(sha256 -> DIGEST.matcher(sha256).matches());
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /**
   * Deletes what belongs to no checkpoint: of uploads that nobody will end, and of checkpoints that
   * were half deleted.
   */
  void clean(String line) throws IOException {
    List<ObjectStore.Listed> all = objects.list(line + "/");
    List<String> whole =
        all.stream()
            .map(ObjectStore.Listed::key)
            .filter(key -> key.endsWith("/" + Checkpoint.STATE))
            .map(key -> key.substring(0, key.length() - Checkpoint.STATE.length()))
            .toList();
    // By the store's own clock.
    Optional<Instant> newest =
        all.stream().map(ObjectStore.Listed::modified).max(Comparator.naturalOrder());
    for (ObjectStore.Listed object : all) {
      if (whole.stream().noneMatch(object.key()::startsWith)
          && object.modified().isBefore(newest.get().minus(ABANDONED))) {
        objects.delete(object.key());
      }
    }
  }
}
