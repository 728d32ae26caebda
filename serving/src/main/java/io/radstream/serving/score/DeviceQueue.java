package io.radstream.serving.score;

import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Studies that are ready for the device, and how many are still on their way. Thread-safe. */
final class DeviceQueue {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<DeviceTask> ready = new ArrayDeque<>();
  private final Clock clock;
  private int coming;
  private boolean closed;

  /**
   * @param clock for its monotonic time
   */
  DeviceQueue(Clock clock) {
    this.clock = clock;
  }

  /** One more is on its way: {@link #add} or {@link #giveUp} follows. */
  void expect() {
    lock.lock();
    try {
      coming++;
    } finally {
      lock.unlock();
    }
  }

  /** One that was expected will not come. */
  void giveUp() {
    lock.lock();
    try {
      coming--;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * One that was expected has come.
   *
   * @return false where the queue is closed
   */
  boolean add(DeviceTask task) {
    lock.lock();
    try {
      coming--;
      changed.signal();
      return !closed && ready.add(task);
    } finally {
      lock.unlock();
    }
  }

  /** Whether it was there, and is not any more. */
  boolean remove(DeviceTask task) {
    lock.lock();
    try {
      return ready.remove(task);
    } finally {
      lock.unlock();
    }
  }

  /**
   * What the free device does next: studies of one model, in the order in which they came. Waits
   * for the first as long as it takes, and for more only while some are on their way.
   *
   * @param most studies
   * @param delay longest wait for more
   * @return empty once the queue is closed
   */
  List<DeviceTask> take(int most, Duration delay) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        while (ready.isEmpty() && !closed) {
          changed.await();
        }
        awaitMore(most, clock.monotonicTime() + delay.toNanos());
        if (closed || !ready.isEmpty()) {
          return poll(most);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void awaitMore(int most, long deadline) throws InterruptedException {
    long left = deadline - clock.monotonicTime();
    while (left > 0 && coming > 0 && !ready.isEmpty() && !isFull(most) && !closed) {
      long unused = changed.awaitNanos(left);
      left = deadline - clock.monotonicTime();
    }
  }

  /** Whether who comes next would have no place in the batch. */
  private boolean isFull(int most) {
    return ready.size() >= most || ready.getLast().model() != ready.getFirst().model();
  }

  private List<DeviceTask> poll(int most) {
    List<DeviceTask> batch = new ArrayList<>();
    while (!closed
        && batch.size() < most
        && !ready.isEmpty()
        && (batch.isEmpty() || ready.getFirst().model() == batch.get(0).model())) {
      batch.add(ready.removeFirst());
    }
    return batch;
  }

  /** Gives what is left; nothing is taken or added any more. */
  List<DeviceTask> close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      List<DeviceTask> left = List.copyOf(ready);
      ready.clear();
      return left;
    } finally {
      lock.unlock();
    }
  }
}
