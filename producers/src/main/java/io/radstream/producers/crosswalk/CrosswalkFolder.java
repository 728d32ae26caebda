package io.radstream.producers.crosswalk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the files of a crosswalk lie; nobody but their owner may read or write them. */
record CrosswalkFolder(Path path) {

  private static final Pattern NAME = Pattern.compile("crosswalk-[0-9]{6}");

  /** In the order in which they were begun. */
  List<Path> files() throws IOException {
    try (Stream<Path> found = Files.list(path)) {
      return found
          .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    } catch (AccessDeniedException e) {
      throw denied(e);
    }
  }

  /** The path alone would say nothing. */
  private static IOException denied(AccessDeniedException e) {
    return new IOException(
        e.getFile() + " is another user's: run as the one who published with it", e);
  }

  Path file(int number) {
    return path.resolve("crosswalk-%06d".formatted(number));
  }

  void create() throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(path, owners("rwx------"));
    }
  }

  /** Opens a file for writing; one that is missing is made. */
  static FileChannel writing(Path file) throws IOException {
    try {
      return FileChannel.open(file, options(), owners("rw-------"));
    } catch (AccessDeniedException e) {
      throw denied(e);
    }
  }

  static FileChannel reading(Path file) throws IOException {
    try {
      return FileChannel.open(file, StandardOpenOption.READ);
    } catch (AccessDeniedException e) {
      throw denied(e);
    }
  }

  private static Set<OpenOption> options() {
    return Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static FileAttribute<?>[] owners(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
