package io.radstream.cli.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Where an embedded cluster, and what belongs to it, keeps its data.
 *
 * @param temporary whether it is deleted in the end
 */
public record Workplace(Path directory, boolean temporary) implements AutoCloseable {

  /** The given directory, made where it does not exist, or a temporary one. */
  public static Workplace of(Optional<Path> given) throws IOException {
    return given.isPresent()
        ? new Workplace(Files.createDirectories(given.get()), false)
        : new Workplace(Files.createTempDirectory("radstream"), true);
  }

  @Override
  public void close() throws IOException {
    if (temporary) {
      Files.walkFileTree(directory, new Deletion());
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, IOException failure)
        throws IOException {
      Files.delete(visited);
      return FileVisitResult.CONTINUE;
    }
  }
}
