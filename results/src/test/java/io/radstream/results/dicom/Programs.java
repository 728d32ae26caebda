package io.radstream.results.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Programs that others wrote, where they are installed. */
final class Programs {

  private static final Path FOLDER = Path.of("/usr/bin");

  private Programs() {}

  static List<String> command(String program, String debianPackage, String... arguments) {
    assumeThat(FOLDER.resolve(program))
        .as("%s of %s is not installed: nothing is tried with it", program, debianPackage)
        .isExecutable();
    return Stream.concat(Stream.of(program), Stream.of(arguments)).toList();
  }

  /** What it writes, to both outputs; it has to end well. */
  static String output(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
