package io.radstream.producers.dicom.codec;

import io.radstream.producers.dicom.dataset.Refusals;
import io.radstream.producers.publish.RefusedStudyException;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.opencv.core.Mat;

/**
 * Worker processes, started when they are needed, as many as may be used at once. Thread-safe.
 * Whatever happens to one of them refuses the picture that it had, and another takes its place.
 */
public final class CodecPool implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** A worker holds a codestream, and no picture, in the memory that Java knows of. */
  private static final String HEAP = "-Xmx512m";

  /** From which version on Java wants to be told of native code. */
  private static final int TOLD_OF_NATIVE_CODE = 24;

  private final List<String> command;
  private final Duration limit;
  private final Semaphore room;
  private final Deque<CodecProcess> idle = new ArrayDeque<>();
  private final Set<CodecProcess> alive = new HashSet<>();
  private final ScheduledThreadPoolExecutor watch;
  private boolean closed;

  /**
   * @param command starts a worker
   * @param size most workers
   * @param limit of the time that one picture may take
   */
  CodecPool(List<String> command, int size, Duration limit) {
    this.command = List.copyOf(command);
    this.limit = limit;
    this.room = new Semaphore(size);
    this.watch =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "codec-watch");
              thread.setDaemon(true);
              return thread;
            });
    watch.setRemoveOnCancelPolicy(true);
  }

  /** With a worker for each core. */
  public static CodecPool ofThisMachine() {
    return new CodecPool(
        command(CodecWorker.class), Runtime.getRuntime().availableProcessors(), LIMIT);
  }

  /** Java with nothing on its class path but the worker and the codecs. */
  static List<String> command(Class<?> program) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(HEAP, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    if (Runtime.version().feature() >= TOLD_OF_NATIVE_CODE) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    Set<String> places =
        new HashSet<>(List.of(place(program), place(Wire.class), place(Mat.class)));
    command.addAll(List.of("-cp", String.join(File.pathSeparator, places)));
    command.add(program.getName());
    return command;
  }

  private static String place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class of a place that is no place", e);
    }
  }

  /**
   * Unpacks a JPEG, JPEG-LS or JPEG 2000 picture. Waits while all workers are busy.
   *
   * @param expected what the header says of it
   * @throws RefusedStudyException where it cannot be unpacked, is another picture than expected,
   *     takes too long, or ends the worker
   */
  public Unpacked unpack(byte[] codestream, Shape expected) throws RefusedStudyException {
    Shape claimed =
        CodestreamHeader.read(codestream)
            .orElseThrow(() -> Refusals.undecodable("the compressed picture has no header"));
    if (!claimed.equals(expected)) {
      throw Refusals.undecodable(
          "the compressed picture has another size than the header says: %d×%d×%d and %d×%d×%d"
              .formatted(
                  claimed.width(),
                  claimed.height(),
                  claimed.samples(),
                  expected.width(),
                  expected.height(),
                  expected.samples()));
    }
    room.acquireUninterruptibly();
    try {
      return inWorker(codestream, expected)
          .orElseThrow(() -> Refusals.undecodable("the compressed picture is damaged"));
    } finally {
      room.release();
    }
  }

  private Optional<Unpacked> inWorker(byte[] codestream, Shape expected)
      throws RefusedStudyException {
    for (boolean fresh = false; ; fresh = true) {
      CodecProcess worker = fresh ? begin() : take();
      ScheduledFuture<?> watcher = watched(worker);
      boolean good = false;
      try {
        Optional<Unpacked> unpacked = worker.unpack(codestream, expected);
        good = true;
        return unpacked;
      } catch (IOException e) {
        if (worker.isLate()) {
          throw Refusals.undecodable(
              "the compressed picture took longer than %d s".formatted(limit.toSeconds()));
        }
        if (!worker.isUsed()) {
          throw Refusals.undecodable("the compressed picture ended the process that unpacks it");
        }
        // It may have ended before, for a reason of its own: a fresh one tells.
      } finally {
        // Where the watcher was faster, it is dead, whatever it has answered.
        boolean alone = watcher.cancel(false);
        giveBack(worker, good && alone);
      }
    }
  }

  private CodecProcess take() throws RefusedStudyException {
    synchronized (alive) {
      if (closed) {
        throw ending();
      }
      if (!idle.isEmpty()) {
        return idle.pop();
      }
    }
    return begin();
  }

  private CodecProcess begin() throws RefusedStudyException {
    CodecProcess started = start();
    synchronized (alive) {
      alive.add(started);
      if (closed) {
        started.kill();
      }
    }
    return started;
  }

  /** Also what does not start must end. */
  private CodecProcess start() throws RefusedStudyException {
    CodecProcess started;
    try {
      started = CodecProcess.start(command);
    } catch (IOException e) {
      throw notStarted();
    }
    ScheduledFuture<?> watcher = watched(started);
    boolean able = false;
    try {
      able = started.isAble();
    } catch (IOException e) {
      throw notStarted();
    } finally {
      boolean alone = watcher.cancel(false);
      able &= alone;
      if (!able) {
        started.kill();
      }
    }
    if (!able) {
      throw Refusals.undecodable(
          "there are no codecs for this machine (%s, %s): only uncompressed and RLE images are read"
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
    }
    return started;
  }

  private static RefusedStudyException notStarted() {
    return Refusals.undecodable("the process that unpacks compressed pictures does not start");
  }

  private ScheduledFuture<?> watched(CodecProcess worker) throws RefusedStudyException {
    try {
      return watch.schedule(worker::expire, limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      worker.kill();
      throw ending();
    }
  }

  private static RefusedStudyException ending() {
    return Refusals.undecodable("the program is ending");
  }

  private void giveBack(CodecProcess worker, boolean good) {
    synchronized (alive) {
      if (good && !closed) {
        idle.push(worker);
      } else {
        worker.kill();
        alive.remove(worker);
      }
    }
  }

  /** Ends all workers; pictures under way are refused. */
  @Override
  public void close() {
    synchronized (alive) {
      closed = true;
      alive.forEach(CodecProcess::kill);
      alive.clear();
      idle.clear();
    }
    watch.shutdownNow();
  }
}
