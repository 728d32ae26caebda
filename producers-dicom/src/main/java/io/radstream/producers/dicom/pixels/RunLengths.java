package io.radstream.producers.dicom.pixels;

import io.radstream.producers.dicom.dataset.Refusals;
import io.radstream.producers.publish.RefusedStudyException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** DICOM's run lengths (PS3.5 annex G): each byte of each sample is a segment of its own. */
final class RunLengths {

  private static final int HEADER_BYTES = 64;
  private static final int MOST_SEGMENTS = 15;

  private RunLengths() {}

  /** Gives cells with the lower byte first, all of a sample together. */
  static byte[] unpack(ByteBuffer packed, PixelFormat format) throws RefusedStudyException {
    ByteBuffer bytes = packed.slice().order(ByteOrder.LITTLE_ENDIAN);
    int segments = format.samples() * format.cellBytes();
    if (bytes.limit() < HEADER_BYTES || bytes.getInt(0) != segments || segments > MOST_SEGMENTS) {
      throw Refusals.undecodable("the run lengths are not of such a picture");
    }
    byte[] cells = new byte[segments * format.pixels()];
    for (int segment = 0; segment < segments; segment++) {
      int sample = segment / format.cellBytes();
      // The highest byte comes first.
      int place = format.cellBytes() - 1 - segment % format.cellBytes();
      int start = bytes.getInt(Integer.BYTES * (segment + 1));
      if (start < HEADER_BYTES || start > bytes.limit()) {
        throw Refusals.undecodable("a segment of the run lengths begins outside of them");
      }
      int first = sample * format.pixels() * format.cellBytes() + place;
      unpack(bytes.position(start), cells, first, format);
    }
    return cells;
  }

  private static void unpack(ByteBuffer bytes, byte[] cells, int first, PixelFormat format)
      throws RefusedStudyException {
    int step = format.cellBytes();
    int written = 0;
    while (written < format.pixels()) {
      int control = next(bytes);
      if (control >= 0) {
        for (int i = 0; i <= control && written < format.pixels(); i++) {
          cells[first + step * written++] = next(bytes);
        }
      } else if (control != Byte.MIN_VALUE) {
        byte value = next(bytes);
        for (int i = 0; i <= -control && written < format.pixels(); i++) {
          cells[first + step * written++] = value;
        }
      }
    }
  }

  private static byte next(ByteBuffer bytes) throws RefusedStudyException {
    if (!bytes.hasRemaining()) {
      throw Refusals.undecodable("the run lengths end before their picture");
    }
    return bytes.get();
  }
}
