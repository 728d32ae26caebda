package io.radstream.cli.scale;

import io.radstream.cli.demo.TrainerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/** Processes of one command, by number. */
final class Instances implements AutoCloseable {

  private static final String PROGRAM = "io.radstream.cli.Radstream";
  private static final List<String> JVM =
      List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Djava.awt.headless=true");

  /** Of the stage, and of the service. */
  private static final Pattern UP = Pattern.compile("Stream stage \\S+ reads|Serving at ");

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final double TICKS_A_SECOND = 100;
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;

  /** Exit code of a Java that was told to end by SIGTERM. */
  private static final int TERMINATED = 143;

  private final Path logs;
  private final IntFunction<List<String>> arguments;
  private final Map<Integer, TrainerProcess> running = new TreeMap<>();
  private int started;

  /**
   * @param logs where their output goes
   * @param arguments of an instance
   */
  Instances(Path logs, IntFunction<List<String>> arguments) {
    this.logs = logs;
    this.arguments = arguments;
  }

  void start(int number) throws IOException, InterruptedException {
    begin(number);
    awaitUp(number);
  }

  /** Without waiting. */
  void begin(int number) throws IOException {
    Path log = logs.resolve("instance-%d-%d.log".formatted(number, started++));
    running.put(
        number,
        TrainerProcess.start(TrainerProcess.command(PROGRAM, JVM, arguments.apply(number)), log));
  }

  void awaitUp(int number) throws IOException, InterruptedException {
    TrainerProcess process = running.get(number);
    if (!process.reaches(() -> UP.matcher(said(process)).find(), LOOK)) {
      throw new IOException("an instance has ended: " + process.said());
    }
  }

  private static String said(TrainerProcess process) {
    try {
      return process.said();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGTERM, and waits for its end. */
  void stop(int number) throws IOException, InterruptedException {
    TrainerProcess process = running.remove(number);
    ProcessHandle.of(process.pid()).orElseThrow().destroy();
    int code = process.exitCode();
    if (code != 0 && code != TERMINATED) {
      throw new IOException("an instance that was told to stop ended badly: " + process.said());
    }
  }

  /** SIGKILL. */
  void kill(int number) throws InterruptedException {
    running.remove(number).kill();
  }

  /** Processor time of all that run, in seconds. */
  double processorSeconds() throws IOException {
    double seconds = 0;
    for (TrainerProcess process : running.values()) {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      // The name of the program, in brackets, may hold anything.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      seconds +=
          (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]))
              / TICKS_A_SECOND;
    }
    return seconds;
  }

  void requireAlive() throws IOException, InterruptedException {
    for (TrainerProcess process : running.values()) {
      if (!process.reaches(() -> true, Duration.ZERO)) {
        throw new IOException("an instance has ended: " + process.said());
      }
    }
  }

  @Override
  public void close() {
    running.values().forEach(TrainerProcess::close);
  }
}
