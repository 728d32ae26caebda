package io.radstream.producers.crosswalk;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads the frames of one file. What is damaged costs the entries in which it is, and no other: a
 * length that is wrong is known by what stands where it leads, and the next entry by its seal.
 */
record FrameScan(Segment segment, FrameSink sink) {

  private static final int WINDOW = 1 << 16;
  private static final long NONE = -1;

  /** Takes what is found. */
  @FunctionalInterface
  interface FrameSink {

    /**
     * One frame; its entry may be erased or damaged.
     *
     * @param at where the sealed entry begins
     * @param length of the sealed entry, in bytes
     */
    void accept(EntryName name, long at, int length) throws IOException;

    /** One entry or more that stood together cannot be read. */
    default void damaged() {}
  }

  private record Frame(long begin, EntryName name, int length) {

    long sealed() {
      return begin + Segment.FRAME_BYTES;
    }

    long end() {
      return sealed() + length;
    }

    boolean fits(long size) {
      return Segment.isPossible(length) && end() <= size;
    }
  }

  /**
   * Gives frames in their order.
   *
   * @param from where one begins
   * @return behind the last one that is not torn
   */
  long run(long from) throws IOException {
    long size = segment.size();
    long at = from;
    while (at + Segment.FRAME_BYTES <= size) {
      Frame frame = frame(at);
      if (isSound(frame, size)) {
        give(frame);
        at = frame.end();
        continue;
      }
      long next = nextSound(at + 1, size);
      if (next == NONE && !frame.fits(size)) {
        return at;
      }
      sink.damaged();
      if (next == NONE || next == frame.end()) {
        // Its name and its length hold: who erases it has to find it.
        give(frame);
        next = frame.end();
      }
      at = next;
    }
    return at;
  }

  private void give(Frame frame) throws IOException {
    sink.accept(frame.name(), frame.sealed(), frame.length());
  }

  private Frame frame(long at) throws IOException {
    ByteBuffer head = segment.read(at, Segment.FRAME_BYTES);
    int length = head.getInt();
    return new Frame(at, EntryName.read(head), length);
  }

  private boolean isSound(Frame frame, long size) throws IOException {
    if (!frame.fits(size)) {
      return false;
    }
    byte[] sealed = segment.sealed(frame.sealed(), frame.length());
    return Segment.isErased(sealed) || segment.cipher().isAsSealed(frame.name(), sealed);
  }

  private long nextSound(long from, long size) throws IOException {
    long base = from;
    ByteBuffer window = ByteBuffer.allocate(0);
    for (long at = from; at + Segment.FRAME_BYTES <= size; at++) {
      if (at + Integer.BYTES > base + window.limit()) {
        base = at;
        window = segment.read(at, (int) Math.min(WINDOW, size - at));
      }
      // One place in a thousand has by chance what could be a length.
      if (Segment.isPossible(window.getInt((int) (at - base))) && isSound(frame(at), size)) {
        return at;
      }
    }
    return NONE;
  }
}
