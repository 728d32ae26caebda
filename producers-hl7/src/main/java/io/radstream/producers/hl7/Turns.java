package io.radstream.producers.hl7;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Lets messages on the same report or patient through one after the other, also those of several
 * connections: what becomes of the later one depends on what is remembered of the earlier one.
 * Thread-safe.
 */
final class Turns {

  private final Set<String> taken = new HashSet<>();

  /** Waits until nobody else has any of these, and takes them all. */
  synchronized void take(Collection<String> keys) throws InterruptedException {
    while (keys.stream().anyMatch(taken::contains)) {
      wait();
    }
    taken.addAll(keys);
  }

  synchronized void giveBack(Collection<String> keys) {
    taken.removeAll(Set.copyOf(keys));
    notifyAll();
  }
}
