package io.radstream.producers.datasets;

import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.schemas.RejectionReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory of a set. Reads files below it and none outside of it, wherever a name in a table
 * or a link points.
 *
 * @param root a real path: absolute and without links
 */
record DatasetDirectory(Path root) implements FileStore {

  /**
   * @throws NoSuchFileException where there is no such directory
   */
  static DatasetDirectory of(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      throw new NoSuchFileException(path.toString(), null, "not a directory");
    }
    return new DatasetDirectory(path.toRealPath());
  }

  /**
   * The first of these files that is there, as it is or compressed by gzip.
   *
   * @param names relative to the directory
   */
  Optional<Path> find(String... names) {
    return Stream.of(names)
        .flatMap(name -> Stream.of(root.resolve(name), root.resolve(name + ".gz")))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /**
   * The first of these files that is there.
   *
   * @param origin where one gets it
   * @throws DatasetException where none is
   */
  Path require(String origin, String... names) throws DatasetException {
    return find(names)
        .orElseThrow(
            () ->
                new DatasetException(
                    "%s is missing in %s; it comes with %s"
                        .formatted(String.join(" (or ", names) + brackets(names), root, origin)));
  }

  private static String brackets(String... names) {
    return ")".repeat(names.length - 1);
  }

  /** Those of these directories that are there; an empty name is the set's own. */
  List<String> directories(String... names) {
    return Stream.of(names).filter(name -> Files.isDirectory(root.resolve(name))).toList();
  }

  /** Names of the files in a directory, without it, in their order; none where it is not there. */
  List<String> list(String directory, String suffix) throws IOException {
    Path path = root.resolve(directory);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(suffix))
          .sorted()
          .toList();
    }
  }

  @Override
  public Optional<byte[]> read(String name, long limit) throws IOException, RefusedStudyException {
    Path file = resolve(name);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    if (!file.toRealPath().startsWith(root)) {
      throw outside();
    }
    try (InputStream input = Files.newInputStream(file)) {
      return Optional.of(FileStore.limited(input, limit));
    }
  }

  private Path resolve(String name) throws RefusedStudyException {
    try {
      Path file = root.resolve(name).normalize();
      if (!file.startsWith(root)) {
        throw outside();
      }
      return file;
    } catch (InvalidPathException e) {
      throw new RefusedStudyException(
          RejectionReason.INVALID_RECORD, "the table holds no usable file name");
    }
  }

  private static RefusedStudyException outside() {
    return new RefusedStudyException(
        RejectionReason.INVALID_RECORD, "the file lies outside the directory of the set");
  }
}
