package io.radstream.producers.asking;

import java.time.Duration;

/**
 * How long a server is left alone that was asked in vain: each time twice as long as before.
 *
 * @param first after the first time
 * @param longest however often it was in vain, and whatever the server wants
 */
public record GrowingPauses(Duration first, Duration longest) {

  /** Enough for any longest pause, and too few for a Duration to overflow. */
  private static final int MOST_DOUBLINGS = 20;

  /**
   * @param times in vain so far, from 1
   * @param asked by the server, {@link Duration#ZERO} where it asks for nothing
   */
  public Duration after(int times, Duration asked) {
    Duration grown = first.multipliedBy(1L << Math.min(times - 1, MOST_DOUBLINGS));
    Duration wanted = grown.compareTo(asked) > 0 ? grown : asked;
    return wanted.compareTo(longest) < 0 ? wanted : longest;
  }
}
