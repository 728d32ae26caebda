package io.radstream.producers.dicom.web;

import io.radstream.producers.asking.GrowingPauses;
import java.time.Duration;

/**
 * What is expected of an archive at most.
 *
 * @param objectBytes of one DICOM object
 * @param listBytes of one page of a list
 * @param page how many entries of a list are asked for at once
 * @param entries of one list, however many pages it has
 * @param answer how long one answer may take, from the question to its last byte
 * @param tries how often the same is asked where an archive is busy or a connection breaks
 * @param firstPause between two tries; each further one is twice as long
 * @param longestPause however long the archive wants to be left alone
 */
public record ArchiveLimits(
    int objectBytes,
    int listBytes,
    int page,
    int entries,
    Duration answer,
    int tries,
    Duration firstPause,
    Duration longestPause) {

  private static final int MIB = 1 << 20;

  /** A radiograph of 17 by 14 inches at 0.1 mm has 30 MB. */
  public static final ArchiveLimits DEFAULT =
      new ArchiveLimits(
          128 * MIB,
          32 * MIB,
          100,
          100_000,
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
