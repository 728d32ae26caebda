package io.radstream.serving.write;

import io.radstream.serving.score.OverloadedException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Reports that nobody writes yet, first come, first served. Thread-safe. */
final class WaitingReports {

  private final int most;
  private final Deque<AskedReport> waiting = new ArrayDeque<>();
  private boolean closed;

  WaitingReports(int most) {
    this.most = most;
  }

  /**
   * @throws OverloadedException where enough wait
   * @throws IllegalStateException after the end
   */
  synchronized void add(AskedReport report) {
    if (closed) {
      throw stopping();
    }
    if (waiting.size() >= most) {
      throw new OverloadedException("reports that wait to be written: " + waiting.size());
    }
    waiting.add(report);
    notifyAll();
  }

  synchronized void remove(AskedReport report) {
    waiting.remove(report);
  }

  /** The next; empty where none waits. */
  synchronized Optional<AskedReport> poll() {
    return Optional.ofNullable(waiting.poll());
  }

  /** Waits for the next; empty at the end. */
  synchronized Optional<AskedReport> take() throws InterruptedException {
    while (waiting.isEmpty() && !closed) {
      wait();
    }
    return poll();
  }

  synchronized int size() {
    return waiting.size();
  }

  /** Lets no more in; those that wait fail. */
  void close() {
    rest().forEach(report -> report.answer().completeExceptionally(stopping()));
  }

  private synchronized List<AskedReport> rest() {
    closed = true;
    List<AskedReport> rest = List.copyOf(waiting);
    waiting.clear();
    notifyAll();
    return rest;
  }

  static IllegalStateException stopping() {
    return new IllegalStateException("the service is stopping");
  }
}
