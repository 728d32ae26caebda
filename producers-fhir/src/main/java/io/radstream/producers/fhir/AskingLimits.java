package io.radstream.producers.fhir;

import io.radstream.producers.asking.GrowingPauses;
import java.time.Duration;

/**
 * What is expected of a server at most.
 *
 * @param bytes of one answer
 * @param answer how long one may take, from the question to its last byte
 * @param tries how often the same is asked where the server is busy or a connection breaks
 * @param firstPause between two tries; each further one is twice as long
 * @param longestPause however long the server wants to be left alone
 */
record AskingLimits(
    int bytes, Duration answer, int tries, Duration firstPause, Duration longestPause) {

  static final AskingLimits DEFAULT =
      new AskingLimits(
          FileContents.MAX_BYTES,
          Duration.ofMinutes(2),
          4,
          Duration.ofMillis(500),
          Duration.ofMinutes(5));

  /** Between tries of one question. */
  GrowingPauses pauses() {
    return pauses(firstPause);
  }

  GrowingPauses pauses(Duration first) {
    return new GrowingPauses(first, longestPause);
  }
}
