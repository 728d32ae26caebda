package io.radstream.producers.dicom.listen;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A data set as it comes, in blocks, so that a peer that sends it byte by byte takes no more memory
 * than any other.
 */
final class ReceivedBytes {

  static final int BLOCK = 1 << 18;

  private final List<byte[]> blocks = new ArrayList<>();
  private int length;

  /** How much more memory is needed before so many more bytes fit. */
  int needed(int more) {
    long room = (long) blocks.size() * BLOCK - length;
    long missing = more - room;
    return missing <= 0 ? 0 : Math.toIntExact((missing + BLOCK - 1) / BLOCK * BLOCK);
  }

  /** What a data set of so many bytes takes at most. */
  static long memory(long length) {
    return (length + BLOCK - 1) / BLOCK * BLOCK;
  }

  void append(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      int at = length % BLOCK;
      if (at == 0 && length / BLOCK == blocks.size()) {
        blocks.add(new byte[BLOCK]);
      }
      int count = Math.min(bytes.remaining(), BLOCK - at);
      bytes.get(blocks.get(length / BLOCK), at, count);
      length += count;
    }
  }

  int length() {
    return length;
  }

  /** All of it behind a head, in one array. The blocks are gone then. */
  byte[] behind(byte[] head) {
    byte[] all = new byte[head.length + length];
    System.arraycopy(head, 0, all, 0, head.length);
    for (int at = 0; at < length; at += BLOCK) {
      byte[] block = blocks.set(at / BLOCK, null);
      System.arraycopy(block, 0, all, head.length + at, Math.min(BLOCK, length - at));
    }
    return all;
  }
}
