package io.radstream.producers.dicom.listen;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Lets one at a time through, of those that have the same key: a sender that loses patience sends
 * an instance again while it is still on its way. Nobody waits in a thread. Thread-safe.
 */
final class Turnstile {

  private final Executor executor;
  private final Map<String, Queue<Runnable>> inside = new HashMap<>();

  Turnstile(Executor executor) {
    this.executor = executor;
  }

  /** Runs it now, or on the executor once all before it have left. */
  void enter(String key, Runnable task) {
    synchronized (inside) {
      Queue<Runnable> waiting = inside.get(key);
      if (waiting != null) {
        waiting.add(task);
        return;
      }
      inside.put(key, new ArrayDeque<>());
    }
    task.run();
  }

  void leave(String key) {
    Runnable next;
    synchronized (inside) {
      next = inside.get(key).poll();
      if (next == null) {
        inside.remove(key);
        return;
      }
    }
    executor.execute(next);
  }
}
