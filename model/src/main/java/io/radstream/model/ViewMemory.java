package io.radstream.model;

import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Memory for pictures on their way to the engine, lent again and again: for a batch, the system
 * takes up to thirty times as long to give new memory as it takes to fill it. Thread-safe.
 */
final class ViewMemory {

  private final Deque<ByteBuffer> free = new ConcurrentLinkedDeque<>();

  /**
   * Direct memory; the engine reads it where it is.
   *
   * @param borrower gives it back when it is closed
   */
  ByteBuffer lend(NDManager borrower, int bytes) {
    ByteBuffer known = free.pollFirst();
    ByteBuffer memory =
        known != null && known.capacity() >= bytes
            ? known.clear()
            : ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    borrower.attachInternal(UUID.randomUUID().toString(), () -> free.addFirst(memory));
    return memory;
  }
}
