package io.radstream.cli.fire;

import io.radstream.cli.demo.TrainerProcess;
import io.radstream.schemas.KafkaConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The command {@code serve} in a process of its own. */
final class ServedProcess implements AutoCloseable {

  private static final String PROGRAM = "io.radstream.cli.Radstream";

  /** The heap is there from the start, so that what grows is not Java's. */
  private static final List<String> JVM =
      List.of(
          "-Xms256m",
          "-Xmx256m",
          "-XX:+AlwaysPreTouch",
          "-XX:-UsePerfData",
          "-XX:ThreadPriorityPolicy=1",
          "-XX:CompilerThreadPriority=10");

  private static final Pattern EXPORTED =
      Pattern.compile("(?m)^ *export (\\w+)=\"\\$\\{\\w+-(.*)}\"$");
  private static final Pattern LISTENS = Pattern.compile("Serving at (http://\\S+);");
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final double KIB_PER_MIB = 1024;

  private final TrainerProcess process;
  private final HttpClient http = HttpClient.newHttpClient();

  private ServedProcess(TrainerProcess process) {
    this.process = process;
  }

  /**
   * @param more options
   */
  static ServedProcess start(KafkaConnection cluster, Path store, Path log, String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(
        0,
        List.of(
            "serve",
            "--port=0",
            "--threads=1",
            "--store=" + store,
            "--bootstrap=" + cluster.bootstrap(),
            "--registry=" + cluster.registry(),
            "--topic-prefix=" + cluster.topics().prefix()));
    List<String> command = new ArrayList<>(List.of("env"));
    command.addAll(environment());
    command.addAll(TrainerProcess.command(PROGRAM, jvm(), arguments));
    return new ServedProcess(TrainerProcess.start(command, log));
  }

  /**
   * With the compilers of this Java: both where it is measured, else the one that starts sooner.
   */
  private static List<String> jvm() {
    return Stream.concat(
            JVM.stream(),
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-XX:TieredStopAtLevel=")))
        .toList();
  }

  /** What the launcher tells the C library. */
  private static List<String> environment() throws IOException {
    return EXPORTED
        .matcher(Files.readString(Path.of("..", "radstream")))
        .results()
        .map(found -> found.group(1) + "=" + found.group(2))
        .toList();
  }

  URI awaitAddress() throws IOException, InterruptedException {
    if (!process.reaches(() -> LISTENS.matcher(said()).find(), LOOK)) {
      throw new IOException(said());
    }
    Matcher listens = LISTENS.matcher(said());
    listens.find();
    return URI.create(listens.group(1));
  }

  String said() {
    try {
      return process.said();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many announced checkpoints it has done with, as its metrics say. */
  long judged(URI service) throws IOException, InterruptedException {
    String metrics =
        http.send(
                HttpRequest.newBuilder(service.resolve("/metrics")).build(),
                BodyHandlers.ofString())
            .body();
    return metrics
        .lines()
        .filter(
            line ->
                line.startsWith("radstream_hot_loads_total")
                    || line.startsWith("radstream_checkpoints_refused_total"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.kill();
  }

  /** Memory that is the process's own and is in use, heap and all, in MiB. */
  double memory() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith("RssAnon:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / KIB_PER_MIB)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    process.close();
  }
}
