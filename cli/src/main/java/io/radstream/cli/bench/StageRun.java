package io.radstream.cli.bench;

import io.radstream.cli.bench.Rate.Clocks;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.trace.Tracing;
import io.radstream.streams.StageConfig;
import io.radstream.streams.StreamStage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Watches a stage until it has made the tuples that there will be.
 *
 * @param tuples of all studies, as many as those
 */
record StageRun(KafkaConnection connection, StageConfig config, int threads, long tuples) {

  /** So often that it takes nothing, and the figures are exact enough. */
  private static final Duration LOOK = Duration.ofMillis(20);

  /**
   * Its first half, in which it starts and Java's compiler works beside it, is not measured, nor
   * its last tenth, in which it waits for silence.
   */
  private static final double BEGIN = 0.5;

  private static final double END = 0.9;

  /**
   * @param rate in its steady course
   * @param heldBytes of the Java heap, broker and all, at its beginning and at its end
   */
  record Course(Rate rate, List<Long> heldBytes) {

    Course {
      heldBytes = List.copyOf(heldBytes);
    }
  }

  Course watch(StreamStage stage, Supplier<Clocks> clocks)
      throws IOException, InterruptedException {
    Clocks first = clocks.get();
    Clocks last = first;
    long firstTuples = 0;
    long lastTuples = 0;
    List<Long> held = new ArrayList<>(List.of(heldBytes()));
    while (stage.status().tuples() < tuples) {
      if (stage.awaitEnd(LOOK)) {
        throw new IOException("the stage has ended");
      }
      long made = stage.status().tuples();
      if (firstTuples == 0 && made >= BEGIN * tuples) {
        first = clocks.get();
        firstTuples = made;
      }
      if (lastTuples == 0 && made >= END * tuples) {
        last = clocks.get();
        lastTuples = made;
      }
    }
    held.add(heldBytes());
    return new Course(Rate.of((double) (lastTuples - firstTuples), first, last), held);
  }

  StreamStage start(Path stateDir) throws IOException, InterruptedException {
    return StreamStage.start(connection, config, stateDir, threads, Tracing.off());
  }

  /** By what can be reached. */
  private static long heldBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
