package io.radstream.checkpoints;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Directories that appear and vanish as a whole: written and deleted under another name, synced to
 * disk before the rename, so that neither a kill nor a power cut leaves half of one.
 */
final class AtomicDirectory {

  private static final String WRITING = ".writing-";
  private static final String DELETING = ".deleting-";

  /** Longer than anyone writes; a killed process never ends. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  private AtomicDirectory() {}

  /** An empty directory beside the target, to be filled. */
  static Path begin(Path target) throws IOException {
    Path pending = target.resolveSibling(WRITING + target.getFileName());
    delete(pending);
    return Files.createDirectory(pending);
  }

  /** Makes the filled directory appear at the target. */
  static void commit(Path pending, Path target) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(pending)) {
      for (Path file : files) {
        sync(file);
      }
    }
    sync(pending);
    Files.move(pending, target, StandardCopyOption.ATOMIC_MOVE);
    sync(target.getParent());
  }

  static void remove(Path directory) throws IOException {
    Path doomed = directory.resolveSibling(DELETING + directory.getFileName());
    Files.move(directory, doomed, StandardCopyOption.ATOMIC_MOVE);
    delete(doomed);
  }

  /** Deletes what a killed process left behind. */
  static void clean(Path parent) throws IOException {
    try (DirectoryStream<Path> leftovers =
        Files.newDirectoryStream(parent, "{" + WRITING + "," + DELETING + "}*")) {
      for (Path leftover : leftovers) {
        delete(leftover);
      }
    }
  }

  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Deletes what was written long before a file, by the clock of the store, and not by this
   * machine's: another one may be writing its own.
   */
  static void cleanBefore(Path pending, String prefix) throws IOException {
    Instant before = Files.getLastModifiedTime(pending).toInstant().minus(ABANDONED);
    try (DirectoryStream<Path> all = Files.newDirectoryStream(pending.getParent(), prefix + "*")) {
      for (Path other : all) {
        deleteIfWritten(before, other);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static void deleteIfWritten(Instant before, Path file) {
    try {
      if (Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant().isBefore(before)) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // It is gone by now, or somebody else's: no reason not to write.
    }
  }
}
