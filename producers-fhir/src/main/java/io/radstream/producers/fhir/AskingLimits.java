package io.radstream.producers.fhir;

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

  /**
   * @param times in vain so far, from 1
   * @param first after the first time; each further pause is twice as long
   * @param asked by the server
   */
  Duration pause(int times, Duration first, Duration asked) {
    Duration grown = first.multipliedBy(1L << Math.min(times - 1, 20));
    Duration wanted = grown.compareTo(asked) > 0 ? grown : asked;
    return wanted.compareTo(longestPause) < 0 ? wanted : longestPause;
  }
}
