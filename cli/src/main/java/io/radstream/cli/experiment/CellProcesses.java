package io.radstream.cli.experiment;

import io.radstream.cli.demo.TrainerProcess;
import io.radstream.cli.embedded.OwnedCommand;
import io.radstream.experiments.plan.Cell;
import io.radstream.experiments.run.CellWork;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Has each cell done by {@code radstream experiment run --only} in a process of its own, with a log
 * of its own, and with the options of this Java: side by side in one process, two runs would take
 * each other's random numbers.
 */
public final class CellProcesses implements CellWork {

  /** Whether a cell's result is there. */
  @FunctionalInterface
  public interface Done {
    boolean test(Cell cell) throws IOException;
  }

  private static final List<String> OF_ONE_PROCESS =
      List.of("-agent", "-javaagent", "-Xrun", "-Xlog", "-XX:StartFlightRecording");

  private final String program;
  private final List<String> arguments;
  private final Path logs;
  private final Done done;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private volatile boolean stopRequested;

  /**
   * @param program main class of the command
   * @param arguments of the command, all but {@code --only}
   * @param logs directory of both outputs of each
   */
  public CellProcesses(String program, List<String> arguments, Path logs, Done done) {
    this.program = program;
    this.arguments = List.copyOf(arguments);
    this.logs = logs;
    this.done = done;
  }

  /** SIGTERM: each writes a checkpoint and ends. */
  public void requestStop() {
    stopRequested = true;
    running.forEach(Process::destroy);
  }

  @Override
  public boolean run(Cell cell) throws IOException, InterruptedException {
    Files.createDirectories(logs);
    Path log = logs.resolve(cell.name() + ".log");
    List<String> words = new ArrayList<>(arguments);
    words.add("--only=" + cell.name());
    Process process =
        new ProcessBuilder(OwnedCommand.of(TrainerProcess.command(program, ownOptions(), words)))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    running.add(process);
    try {
      if (stopRequested) {
        process.destroy();
      }
      int code = process.waitFor();
      if (done.test(cell)) {
        return true;
      }
      if (code != 0 && !stopRequested) {
        throw new IOException(
            "its process ended with code %d%s; see %s".formatted(code, reason(cell, log), log));
      }
      return false;
    } finally {
      running.remove(process);
      process.destroy();
    }
  }

  /** A debugger's port and a recording's file are of one process alone. */
  private static List<String> ownOptions() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> OF_ONE_PROCESS.stream().noneMatch(option::startsWith))
        .toList();
  }

  /** As its process told it last, in the words of a failed cell. */
  private static String reason(Cell cell, Path log) throws IOException {
    String said = cell.name() + ": failed: ";
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(line -> line.startsWith(said))
          .reduce((first, second) -> second)
          .map(line -> ": " + line.substring(said.length()))
          .orElse("");
    }
  }
}
