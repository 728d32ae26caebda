package io.radstream.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** {@code radstream train} in a process of its own, which can be killed. */
final class TrainerProcess implements AutoCloseable {

  private static final int MINUTES = 5;
  private static final String[] JVM = {
    "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Dai.djl.offline=true"
  };

  private final Process process;
  private final Path log;

  private TrainerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * @param around a shell command that runs {@code "$@"}, as under a limit; empty for none
   */
  static TrainerProcess start(Path log, String around, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (!around.isEmpty()) {
      command.addAll(List.of("bash", "-c", around, "bash"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JVM));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Radstream.class.getName());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new TrainerProcess(process, log);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for a moment, unless the process ends before it. */
  boolean reaches(BooleanSupplier moment) throws InterruptedException {
    while (process.isAlive() && !moment.getAsBoolean()) {
      Thread.sleep(1);
    }
    return process.isAlive();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Waits for its end. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      kill();
      throw new IllegalStateException("the trainer did not end; it said:\n" + said());
    }
    return process.exitValue();
  }

  String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
