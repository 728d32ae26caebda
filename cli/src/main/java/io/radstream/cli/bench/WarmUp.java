package io.radstream.cli.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Work that is done again until Java compiles little of it any more. */
final class WarmUp {

  /** Of a round's time. */
  private static final double LITTLE = 0.02;

  private static final int MOST_ROUNDS = 10;

  private WarmUp() {}

  /**
   * @param time that a round takes
   */
  static void run(Duration time, Runnable round) {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    long before;
    int rounds = 0;
    do {
      before = compiler.getTotalCompilationTime();
      round.run();
      rounds++;
    } while (compiler.getTotalCompilationTime() - before > LITTLE * time.toMillis()
        && rounds < MOST_ROUNDS);
  }
}
