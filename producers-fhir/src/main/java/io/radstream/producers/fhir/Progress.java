package io.radstream.producers.fhir;

import java.time.Instant;
import java.util.TreeSet;

/**
 * What of a server's reports is dealt with while a search goes on. Thread-safe.
 *
 * <p>The position stays behind the present for a while, since a server may show a resource later
 * than the moment that it names: of those in between it is known, one by one, which are dealt with.
 */
final class Progress {

  /** Some 150 KB as they are remembered; what is beyond is read again, and not sent again. */
  static final int MOST = 5000;

  private final Position start;
  private final TreeSet<Revision> seen;
  private Instant limit;

  /**
   * @param start where the search begins
   * @param limit behind it a server may still show resources
   */
  Progress(Position start, Instant limit) {
    this.start = start;
    this.seen = new TreeSet<>(start.seen());
    this.limit = limit;
  }

  synchronized boolean has(Revision revision) {
    return seen.contains(revision);
  }

  synchronized void dealtWith(Revision revision) {
    seen.add(revision);
  }

  /** It was not taken, and must be found again. */
  synchronized void owed(Revision revision) {
    limit = revision.changed().isBefore(limit) ? revision.changed() : limit;
  }

  /**
   * @param all whether nothing is missing before the newest of those that are dealt with
   */
  synchronized Position position(boolean all) {
    Instant reached = reached();
    seen.headSet(new Revision(reached, "")).clear();
    while (seen.size() > MOST) {
      seen.pollLast();
    }
    return new Position(all ? reached : start.from(), seen);
  }

  private Instant reached() {
    Revision newest = seen.lower(new Revision(limit.plusMillis(1), ""));
    return newest == null || newest.changed().isBefore(start.from())
        ? start.from()
        : newest.changed();
  }
}
