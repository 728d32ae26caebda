package io.radstream.cli.demo;

import io.radstream.cli.embedded.OwnedCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The train command in a process of its own, which can be killed, and ends with this one. */
public final class TrainerProcess implements AutoCloseable {

  private final Process process;
  private final Path log;

  private TrainerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * A command line with the Java and the libraries of this process.
   *
   * @param program main class of the command
   * @param jvm options of Java
   */
  public static List<String> command(String program, List<String> jvm, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(
        List.of("-Dai.djl.offline=true", "-Djava.awt.headless=true", "-Dfile.encoding=UTF-8"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program));
    command.addAll(arguments);
    return command;
  }

  /**
   * @param log of both outputs
   */
  public static TrainerProcess start(List<String> command, Path log) throws IOException {
    return new TrainerProcess(
        new ProcessBuilder(OwnedCommand.of(command))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start(),
        log);
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Waits for a moment; false where the process ends before it.
   *
   * @param look between two looks whether it has come
   */
  public boolean reaches(BooleanSupplier moment, Duration look) throws InterruptedException {
    while (process.isAlive() && !moment.getAsBoolean()) {
      Thread.sleep(look.toMillis());
    }
    return process.isAlive();
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Waits for its end. */
  public int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  /** On both outputs. */
  public String said() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
