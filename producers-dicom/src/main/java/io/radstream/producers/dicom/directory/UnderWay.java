package io.radstream.producers.dicom.directory;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Instances on their way to the cluster. What was published of one is known only when the cluster
 * has answered, so that a copy of it waits until then. Holds what is on its way, and no more.
 * Thread-safe.
 */
final class UnderWay {

  private final long most;
  private final Map<String, Integer> files = new HashMap<>();
  private long total;

  /**
   * @param most bytes of files on their way, unless it is one alone
   */
  UnderWay(long most) {
    this.most = most;
  }

  /** Returns when no other one of this key is on its way, and there is room. */
  synchronized void enter(String key, int bytes) {
    boolean interrupted = false;
    while (files.containsKey(key) || (!files.isEmpty() && total + bytes > most)) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    files.put(key, bytes);
    total += bytes;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized void leave(String key) {
    total -= Objects.requireNonNullElse(files.remove(key), 0);
    notifyAll();
  }
}
