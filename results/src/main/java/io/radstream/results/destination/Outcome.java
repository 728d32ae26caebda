package io.radstream.results.destination;

import java.time.Duration;

/**
 * What became of a result at its receiver. Reasons are for people, and hold nothing that a receiver
 * wrote: it may have quoted what identifies.
 */
public sealed interface Outcome {

  /** The receiver has it, now or since before. */
  record Delivered() implements Outcome {}

  /** The receiver will never take this one. */
  record Refused(String why) implements Outcome {}

  /** The receiver failed with this one; another may fare better, and so may this one later. */
  record Failed(String why) implements Outcome {}

  /**
   * The receiver takes nothing now.
   *
   * @param leftAlone how long at least, by its own words
   */
  record Away(String why, Duration leftAlone) implements Outcome {

    public Away(String why) {
      this(why, Duration.ZERO);
    }
  }

  /** What is known of the study does not suffice for this kind of receiver. */
  record Unaddressed(String why) implements Outcome {}
}
