package io.radstream.producers.fhir;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How far a server's reports are dealt with, as it is remembered.
 *
 * @param from before this moment all are; a search begins at it
 * @param seen those at it or behind it that are dealt with, too
 */
record Position(Instant from, SortedSet<Revision> seen) {

  /** Nothing is dealt with. */
  static final Position BEGINNING = new Position(Instant.EPOCH, new TreeSet<>());

  private static final String SEPARATOR = " ";
  private static final String AFTER = ":";

  Position {
    seen = new TreeSet<>(seen);
  }

  boolean isBeginning() {
    return from.equals(Instant.EPOCH);
  }

  /** The moment, then of each that was seen the milliseconds after it, with its digest. */
  String write() {
    StringBuilder text = new StringBuilder(from.toString());
    for (Revision each : seen) {
      long after = each.changed().toEpochMilli() - from.toEpochMilli();
      text.append(SEPARATOR).append(after).append(AFTER).append(each.digest());
    }
    return text.toString();
  }

  /**
   * @return empty where it cannot be read, as of a later version; an earlier one wrote the moment
   *     alone
   */
  static Optional<Position> read(String text) {
    String[] words = text.split(SEPARATOR, -1);
    try {
      Instant from = Instant.parse(words[0]);
      SortedSet<Revision> seen = new TreeSet<>();
      for (int i = 1; i < words.length; i++) {
        String[] parts = words[i].split(AFTER, 2);
        seen.add(new Revision(from.plusMillis(Long.parseLong(parts[0])), parts[1]));
      }
      return Optional.of(new Position(from, seen));
    } catch (DateTimeException
        | NumberFormatException
        | ArithmeticException
        | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }
}
