package io.radstream.cli.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * The installed program: {@code lib} with the jars, {@code registry} with the schema registry.
 *
 * @param home the directory that holds both
 */
public record Distribution(Path home) {

  private static final String HOME_PROPERTY = "radstream.home";

  /**
   * The distribution that this process was started from.
   *
   * @throws IllegalStateException where the launcher did not say which
   */
  public static Distribution ofThisProcess() {
    String home = System.getProperty(HOME_PROPERTY);
    if (home == null) {
      throw new IllegalStateException(
          "system property " + HOME_PROPERTY + " is not set; start with the launcher ./radstream");
    }
    return new Distribution(Path.of(home));
  }

  Path registryJar() throws IOException {
    Path directory = home.resolve("registry");
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> jars = Files.newDirectoryStream(directory, "*-runner.jar")) {
        Iterator<Path> found = jars.iterator();
        if (found.hasNext()) {
          return found.next().toAbsolutePath();
        }
      }
    }
    throw new IOException("no schema registry in " + directory + "; build again with mvn package");
  }
}
