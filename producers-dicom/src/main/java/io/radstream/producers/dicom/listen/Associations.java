package io.radstream.producers.dicom.listen;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All connections of a listener. Those without an association have places of their own: who opens
 * many and says nothing loses the oldest, and keeps nobody out. Used by one thread.
 */
final class Associations {

  /** Connections that have not asked yet, or that are only to be closed by their peer. */
  private static final int MOST_WITHOUT = 64;

  private final int most;
  private final Set<Association> open = new LinkedHashSet<>();
  private final Set<Association> without = new LinkedHashSet<>();
  private boolean stopping;

  /**
   * @param most associations at a time
   */
  Associations(int most) {
    this.most = most;
  }

  /** A connection is there. */
  void connected(Association one) {
    place(one);
    if (stopping) {
      one.stop();
    }
  }

  private void place(Association one) {
    without.add(one);
    if (without.size() > MOST_WITHOUT) {
      Iterator<Association> eldest = without.iterator();
      Association given = eldest.next();
      eldest.remove();
      given.cutOff();
    }
  }

  /** Whether one more may be opened. */
  boolean hasRoom() {
    return open.size() < most;
  }

  /** An association is accepted. */
  void opened(Association one) {
    without.remove(one);
    open.add(one);
  }

  /** It is over, its connection is not. */
  void over(Association one) {
    if (open.remove(one)) {
      place(one);
    }
  }

  void disconnected(Association one) {
    open.remove(one);
    without.remove(one);
  }

  boolean isStopping() {
    return stopping;
  }

  /** Nothing new; those that are under way may go on until they are told {@link #abort}. */
  void stop() {
    stopping = true;
    all().forEach(Association::stop);
  }

  void abort() {
    all().forEach(Association::abort);
  }

  private List<Association> all() {
    Set<Association> all = new LinkedHashSet<>(open);
    all.addAll(without);
    return List.copyOf(all);
  }
}
