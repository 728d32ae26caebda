package io.radstream.cli.ranks;

import io.radstream.cli.embedded.OwnedCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One rank. Rank 0 has the outputs of this process; what the others say comes line by line, with
 * their number.
 */
final class RankProcess {

  private final int rank;
  private final Process process;

  private RankProcess(int rank, Process process) {
    this.rank = rank;
    this.process = process;
  }

  /**
   * It ends with this process, if not before.
   *
   * @param err for what others than rank 0 say
   */
  static RankProcess start(
      int rank, List<String> command, Map<String, String> environment, PrintWriter err)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(OwnedCommand.of(command));
    builder.environment().putAll(environment);
    if (rank == 0) {
      builder.redirectOutput(Redirect.INHERIT).redirectError(Redirect.INHERIT);
    } else {
      builder.redirectErrorStream(true);
    }
    RankProcess started = new RankProcess(rank, builder.start());
    if (rank != 0) {
      started.tell(err);
    }
    return started;
  }

  private void tell(PrintWriter err) {
    Thread thread = new Thread(() -> copy(err), "rank-%d".formatted(rank));
    thread.setDaemon(true);
    thread.start();
  }

  private void copy(PrintWriter err) {
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        err.println("[rank %d] %s".formatted(rank, line));
        err.flush();
      }
    } catch (IOException e) {
      if (process.isAlive()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  int rank() {
    return rank;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Of one that has ended. */
  int code() {
    return process.exitValue();
  }

  /** SIGTERM. */
  void stop() {
    // Not by the process itself, which would close its outputs as well.
    process.toHandle().destroy();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Whether it ends within that time. */
  boolean ends(Duration time) throws InterruptedException {
    return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
