package io.radstream.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The train command in a process of its own, which can be killed. */
final class TrainerProcess implements AutoCloseable {

  private static final int TAIL_LINES = 10;
  private static final long LOOK_MILLIS = 100;

  private final Process process;
  private final Path log;

  private TrainerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * @param program main class of the command
   * @param log of both outputs
   */
  static TrainerProcess start(String program, List<String> arguments, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx1g",
            "-Dai.djl.offline=true",
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path"),
            program));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new TrainerProcess(process, log);
  }

  /**
   * Waits for a moment and kills the process then.
   *
   * @throws IOException where it ended before
   */
  void killAt(BooleanSupplier moment) throws IOException, InterruptedException {
    while (!moment.getAsBoolean()) {
      if (!process.isAlive()) {
        throw ended();
      }
      Thread.sleep(LOOK_MILLIS);
    }
    process.destroyForcibly();
    process.waitFor();
  }

  /**
   * Waits for its end.
   *
   * @throws IOException where it failed
   */
  void finish() throws IOException, InterruptedException {
    if (process.waitFor() != 0) {
      throw ended();
    }
  }

  private IOException ended() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return new IOException(
        "the trainer ended with exit code %d; it said:%n%s"
            .formatted(
                process.exitValue(),
                String.join(
                    "\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()))));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
