package io.radstream.producers.dicom.listen;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/**
 * The memory for data sets in hand. Where there is not enough, an association waits, and with it
 * its peer. Some memory is always kept back, so that the data set of which most has come can grow
 * to the largest there may be: else many that are half there could wait for each other.
 *
 * <p>Used by one thread.
 */
final class ObjectMemory {

  private final long total;
  private final long largest;
  private final Set<Holding> receiving = new HashSet<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private long used;

  private record Waiting(Holding holding, int bytes, Promise<Void> granted) {}

  /** What one data set has. */
  static final class Holding {
    private long bytes;
    private boolean released;
  }

  /**
   * @param total bytes
   * @param largest that one data set may have, in bytes, no more than all
   */
  ObjectMemory(long total, long largest) {
    this.total = Math.max(total, largest);
    this.largest = largest;
  }

  /** For a data set that begins to come. */
  Holding open() {
    Holding holding = new Holding();
    receiving.add(holding);
    return holding;
  }

  /**
   * @param bytes more for a data set that comes; no more than the largest with what it has
   * @return done once it has them; never, where it is released before
   */
  Future<Void> take(Holding holding, int bytes) {
    if (fits(holding, bytes)) {
      grant(holding, bytes);
      return Future.succeededFuture();
    }
    Promise<Void> granted = Promise.promise();
    waiting.add(new Waiting(holding, bytes, granted));
    return granted.future();
  }

  /** The data set is there: it needs no more. */
  void complete(Holding holding) {
    receiving.remove(holding);
    grantWaiting();
  }

  /** The data set is gone, or nobody waits for it any more. Does nothing the second time. */
  void release(Holding holding) {
    if (holding.released) {
      return;
    }
    holding.released = true;
    receiving.remove(holding);
    waiting.removeIf(it -> it.holding() == holding);
    used -= holding.bytes;
    grantWaiting();
  }

  long used() {
    return used;
  }

  private boolean fits(Holding holding, int bytes) {
    long most = holding.bytes + bytes;
    long coming = bytes;
    for (Holding each : receiving) {
      most = Math.max(most, each.bytes);
      coming += each.bytes;
    }
    return used + bytes <= total && coming + (largest - most) <= total;
  }

  private void grant(Holding holding, int bytes) {
    holding.bytes += bytes;
    used += bytes;
  }

  private void grantWaiting() {
    Deque<Promise<Void>> granted = new ArrayDeque<>();
    for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
      Waiting next = each.next();
      if (fits(next.holding(), next.bytes())) {
        each.remove();
        grant(next.holding(), next.bytes());
        granted.add(next.granted());
      }
    }
    // Whoever goes on may take or release at once.
    granted.forEach(Promise::complete);
  }
}
