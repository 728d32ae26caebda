package io.radstream.cli;

import io.radstream.producers.publish.Pseudonymizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file with a secret key, as text. */
record KeyFile(Path path) {

  private static final Set<PosixFilePermission> OF_OTHERS =
      PosixFilePermissions.fromString("------rwx");

  private static final Set<PosixFilePermission> OF_ITS_OWNER =
      PosixFilePermissions.fromString("rw-------");

  /**
   * @param err is told where more people than needed can read the key
   * @throws IOException where it cannot be read as text
   * @throws IllegalArgumentException where the key is too short
   */
  Pseudonymizer read(PrintWriter err) throws IOException {
    Pseudonymizer pseudonymizer = Pseudonymizer.withKeyFile(path);
    warnIfOpen(err);
    return pseudonymizer;
  }

  /**
   * @param err is told where more people than needed can read the key
   * @throws IOException where that cannot be found out
   */
  void warnIfOpen(PrintWriter err) throws IOException {
    if (isOpenToOthers()) {
      err.printf(
          "Warning: every user of this machine has access to the key in %s. Mend that: chmod o= %s%n",
          path, path);
      err.flush();
    }
  }

  private boolean isOpenToOthers() throws IOException {
    // A file system without these permissions has others, which are not ours to judge.
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    return view != null
        && view.readAttributes().permissions().stream().anyMatch(OF_OTHERS::contains);
  }

  /**
   * Makes the file, for its owner only; there is no moment at which others can read it.
   *
   * @throws java.nio.file.FileAlreadyExistsException where it exists: a key that is gone cannot be
   *     made again
   */
  void create(String key) throws IOException {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    Files.createFile(
        path,
        posix
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OF_ITS_OWNER)}
            : new FileAttribute<?>[0]);
    Files.writeString(path, key + "\n");
  }
}
