package io.radstream.cli;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Prometheus' own tool, where it is installed.
 *
 * @param program on the path
 */
record Promtool(Path program) {

  /** What a test says that skips. */
  static final String ABSENT = "no promtool on the path; Debian has it in the package prometheus";

  static Optional<Promtool> installed() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(directory -> Path.of(directory, "promtool"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Promtool::new);
  }

  /**
   * What it says, and how it ended.
   *
   * @param exitCode 0 where it found nothing
   */
  record Verdict(int exitCode, String said) {}

  /**
   * @param input that it is given
   * @param words of its command line; paths are relative to docker/monitoring
   */
  Verdict run(String input, String... words) throws IOException, InterruptedException {
    List<String> command = Stream.concat(Stream.of(program.toString()), Stream.of(words)).toList();
    Path said = Files.createTempFile("promtool", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(ProjectFiles.path("docker/monitoring").toFile())
              .redirectErrorStream(true)
              .redirectOutput(Redirect.to(said.toFile()))
              .start();
      try (OutputStream into = process.getOutputStream()) {
        into.write(input.getBytes(StandardCharsets.UTF_8));
      }
      return new Verdict(process.waitFor(), Files.readString(said));
    } finally {
      Files.delete(said);
    }
  }
}
