package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.streams.StreamStage;
import java.time.Duration;

/** Waits for what a running stage does; a stage that ends meanwhile fails the test. */
final class StageWait {

  private static final Duration LOOK = Duration.ofMillis(50);

  private StageWait() {}

  /** Until the outcome of all records is on its topic. */
  static void untilAllIsDone(StreamStage stage) throws Exception {
    while (stage.lag() > 0) {
      look(stage);
    }
  }

  static void untilTheFirstTuple(StreamStage stage) throws Exception {
    untilTuples(stage, 1);
  }

  static void untilTuples(StreamStage stage, int count) throws Exception {
    while (stage.status().tuples() < count) {
      look(stage);
    }
  }

  private static void look(StreamStage stage) throws Exception {
    assertThat(stage.awaitEnd(LOOK)).as("the stage has ended").isFalse();
  }
}
