package io.radstream.cli.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that ends when its owner does, even where that is killed, and not before: what tidies
 * up after a signal may need it. It may take a while over it: it is remembered in a file beside its
 * log, and the next owner of the directory waits for its end.
 */
final class ChildProcess implements AutoCloseable {

  private static final int SECONDS_TO_END = 10;
  private static final int TAIL_LINES = 15;

  private final Process process;
  private final Path log;
  private final Path memo;

  private ChildProcess(Process process, Path log, Path memo) {
    this.process = process;
    this.log = log;
    this.memo = memo;
  }

  /**
   * @param directory for the memo and for the log of both outputs, which starts anew
   */
  static ChildProcess start(List<String> command, Path directory, String name)
      throws IOException, InterruptedException {
    Path memo = directory.resolve(name + ".pid");
    endLeftover(memo);
    Path log = directory.resolve(name + ".log");
    Process process =
        new ProcessBuilder(OwnedCommand.of(command))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .directory(directory.toFile())
            .start();
    ChildProcess child = new ChildProcess(process, log, memo);
    Files.writeString(memo, identity(process.toHandle()));
    return child;
  }

  /** Waits; returns whether the process has ended meanwhile. */
  boolean endsWithin(long milliseconds) throws InterruptedException {
    return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
  }

  boolean hasEnded() {
    return !process.isAlive();
  }

  int exitCode() {
    return process.exitValue();
  }

  Path log() {
    return log;
  }

  String logTail() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }

  @Override
  public void close() throws IOException {
    try {
      end(process.toHandle());
      Files.deleteIfExists(memo);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static void endLeftover(Path memo) throws IOException, InterruptedException {
    if (Files.exists(memo)) {
      String remembered = Files.readString(memo);
      Optional<ProcessHandle> leftover =
          pid(remembered)
              .flatMap(ProcessHandle::of)
              .filter(handle -> identity(handle).equals(remembered));
      if (leftover.isPresent()) {
        end(leftover.get());
      }
    }
  }

  private static void end(ProcessHandle handle) throws InterruptedException {
    handle.destroy();
    try {
      handle.onExit().get(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      handle.destroyForcibly();
    }
  }

  /** A pid alone may since have passed to a process of somebody else. */
  private static String identity(ProcessHandle handle) {
    return handle.pid() + " " + handle.info().startInstant().map(Instant::toString).orElse("?");
  }

  private static Optional<Long> pid(String identity) {
    String digits = identity.split(" ", 2)[0];
    return digits.matches("\\d{1,18}") ? Optional.of(Long.valueOf(digits)) : Optional.empty();
  }
}
