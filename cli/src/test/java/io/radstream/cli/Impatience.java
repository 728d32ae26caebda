package io.radstream.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Settings of a client that gives a broker up soon, for tests in which there is none. */
final class Impatience {

  private Impatience() {}

  /** As a file for {@code --kafka-config}. */
  static Path in(Path folder) throws IOException {
    return Files.write(
        folder.resolve("impatient.properties"),
        List.of(
            "request.timeout.ms=500",
            "default.api.timeout.ms=1000",
            "reconnect.backoff.ms=100",
            "reconnect.backoff.max.ms=100"));
  }
}
