package io.radstream.experiments.results;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is whole or absent, whenever the process is killed. */
public final class WholeFile {

  private WholeFile() {}

  /**
   * Makes its directory where there is none.
   *
   * @throws IOException with the file's name, where it cannot be written; what was there stays
   */
  public static void write(Path file, byte[] content) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(beside, content);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IOException("cannot write %s: %s".formatted(file, reason(e)), e);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof FileSystemException of) {
      return of.getReason() == null ? e.getClass().getSimpleName() : of.getReason();
    }
    return e.getMessage();
  }
}
