package io.radstream.cli.bench;

import io.radstream.schemas.KafkaConnection;
import io.radstream.streams.StageConfig;
import io.radstream.streams.StreamStage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Watches a stage until it has made the tuples that there will be.
 *
 * @param tuples of all studies, as many as those
 */
record StageRun(KafkaConnection connection, StageConfig config, int threads, long tuples) {

  /** So often that it takes nothing, and the figures are exact enough. */
  private static final Duration LOOK = Duration.ofMillis(20);

  /** Its first and last tenth, in which it starts and waits for silence, are not measured. */
  private static final double BEGIN = 0.1;

  /** Share of the tuples at whose end it stops. */
  static final double MEASURED = 0.9;

  private static final int HEAP_LOOKS = 5;
  private static final double NANOS = 1e9;

  /**
   * @param studiesPerSecond in its steady course
   * @param endNanos when nine tenths of the tuples were committed
   * @param heldBytes of the Java heap, broker and all, from its beginning to its end
   */
  record Course(double studiesPerSecond, long endNanos, List<Long> heldBytes) {

    Course {
      heldBytes = List.copyOf(heldBytes);
    }
  }

  Course watch(StreamStage stage, LongSupplier nanoTime) throws IOException, InterruptedException {
    long first = 0;
    long last = 0;
    long firstTuples = 0;
    long lastTuples = 0;
    List<Long> held = new ArrayList<>();
    while (stage.status().tuples() < tuples) {
      if (stage.awaitEnd(LOOK)) {
        throw new IOException("the stage has ended");
      }
      long made = stage.status().tuples();
      long now = nanoTime.getAsLong();
      if (first == 0 && made >= BEGIN * tuples) {
        first = now;
        firstTuples = made;
      }
      if (last == 0 && made >= MEASURED * tuples) {
        last = now;
        lastTuples = made;
      }
      if (made > held.size() * tuples / HEAP_LOOKS) {
        held.add(heldBytes());
      }
    }
    double seconds = (last - first) / NANOS;
    return new Course((lastTuples - firstTuples) / seconds, last, held);
  }

  StreamStage start(Path stateDir) throws IOException, InterruptedException {
    return StreamStage.start(connection, config, stateDir, threads);
  }

  /** By what can be reached. */
  private static long heldBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
