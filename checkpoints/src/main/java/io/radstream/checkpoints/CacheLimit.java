package io.radstream.checkpoints;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps a cache small that checkpoints are brought to for scoring. Those with the state of an
 * optimizer are left alone: they are a trainer's, who deletes what it does not need itself.
 *
 * @param root of the cache
 */
record CacheLimit(Path root) {

  /** More than have a role in one service. */
  private static final int KEPT = 8;

  private record Brought(Path directory, FileTime time) {}

  /** Deletes all but those that were brought last. */
  void enforce() throws IOException {
    List<Brought> all = new ArrayList<>();
    try (DirectoryStream<Path> lines = Files.newDirectoryStream(root, Files::isDirectory)) {
      for (Path line : lines) {
        for (Path directory : CheckpointStore.directories(line)) {
          if (Files.exists(directory.resolve(Checkpoint.MODEL))
              && !Files.exists(directory.resolve(Checkpoint.OPTIMIZER))) {
            all.add(
                new Brought(
                    directory, Files.getLastModifiedTime(directory.resolve(Checkpoint.MODEL))));
          }
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    all.sort(Comparator.comparing(Brought::time).reversed());
    for (Brought old : all.subList(Math.min(KEPT, all.size()), all.size())) {
      AtomicDirectory.remove(old.directory());
    }
  }
}
