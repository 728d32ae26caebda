package io.radstream.producers.dicom.pixels;

import io.radstream.producers.dicom.dataset.Refusals;
import io.radstream.producers.publish.RefusedStudyException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** DICOM's run lengths (PS3.5 annex G): each byte of each sample is a segment of its own. */
final class RunLengths {

  private static final int HEADER_BYTES = 64;
  private static final int MOST_SEGMENTS = 15;
  private static final String CUT = "the run lengths end before their picture";

  private RunLengths() {}

  /** Gives cells with the lower byte first, all of a sample together. */
  static byte[] unpack(ByteBuffer packed, PixelFormat format) throws RefusedStudyException {
    ByteBuffer bytes = packed.slice().order(ByteOrder.LITTLE_ENDIAN);
    int segments = segments(bytes, format);
    byte[] cells = new byte[segments * format.pixels()];
    for (int segment = 0; segment < segments; segment++) {
      int sample = segment / format.cellBytes();
      // The highest byte comes first.
      int place = format.cellBytes() - 1 - segment % format.cellBytes();
      int start = start(bytes, segment);
      int first = sample * format.pixels() * format.cellBytes() + place;
      unpack(bytes.position(start), cells, first, format);
    }
    return cells;
  }

  /**
   * The same without what lies between and behind the segments, and in the header beside their
   * places.
   *
   * @return empty where a segment goes on behind its picture
   */
  static Optional<byte[]> bare(ByteBuffer packed, PixelFormat format) throws RefusedStudyException {
    ByteBuffer bytes = packed.slice().order(ByteOrder.LITTLE_ENDIAN);
    int segments = segments(bytes, format);
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(segments);
    ByteArrayOutputStream runs = new ByteArrayOutputStream(bytes.limit());
    for (int segment = 0; segment < segments; segment++) {
      int start = start(bytes, segment);
      int end = end(bytes.position(start), format.pixels());
      if (end < 0) {
        return Optional.empty();
      }
      header.putInt(HEADER_BYTES + runs.size());
      byte[] run = new byte[end - start + (end - start) % 2];
      bytes.get(start, run, 0, end - start);
      runs.writeBytes(run);
    }
    ByteBuffer bare = ByteBuffer.allocate(HEADER_BYTES + runs.size());
    return Optional.of(bare.put(header.array()).put(runs.toByteArray()).array());
  }

  /** Where the segment ends that begins where the buffer stands; negative where it goes on. */
  private static int end(ByteBuffer bytes, int pixels) throws RefusedStudyException {
    int left = pixels;
    while (left > 0) {
      int control = next(bytes);
      int length = control >= 0 ? control + 1 : 1;
      if (control != Byte.MIN_VALUE) {
        left -= control >= 0 ? control + 1 : 1 - control;
        if (bytes.remaining() < length) {
          throw Refusals.undecodable(CUT);
        }
        bytes.position(bytes.position() + length);
      }
    }
    return left == 0 ? bytes.position() : -1;
  }

  private static int segments(ByteBuffer bytes, PixelFormat format) throws RefusedStudyException {
    int segments = format.samples() * format.cellBytes();
    if (bytes.limit() < HEADER_BYTES || bytes.getInt(0) != segments || segments > MOST_SEGMENTS) {
      throw Refusals.undecodable("the run lengths are not of such a picture");
    }
    return segments;
  }

  private static int start(ByteBuffer bytes, int segment) throws RefusedStudyException {
    int start = bytes.getInt(Integer.BYTES * (segment + 1));
    if (start < HEADER_BYTES || start > bytes.limit()) {
      throw Refusals.undecodable("a segment of the run lengths begins outside of them");
    }
    return start;
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
      throw Refusals.undecodable(CUT);
    }
    return bytes.get();
  }
}
