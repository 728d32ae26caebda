package io.radstream.producers.dicom.pixels;

import io.radstream.producers.dicom.dataset.Refusals;
import io.radstream.producers.publish.RefusedStudyException;
import java.nio.ByteBuffer;

/** Uncompressed YBR_FULL_422: of two pixels both brightnesses, then the colours of both. */
final class SharedColours {

  private SharedColours() {}

  /** Keeps the brightnesses: nothing else is asked for. */
  static Frame spread(PixelFormat format, ByteBuffer stored) throws RefusedStudyException {
    if (format.cellBytes() != 1 || format.columns() % 2 != 0) {
      throw Refusals.undecodable("YBR_FULL_422 needs 8 bits and an even number of columns");
    }
    if (stored.remaining() < 2L * format.pixels()) {
      throw Refusals.undecodable("the pixel data is shorter than its picture");
    }
    byte[] cells = new byte[3 * format.pixels()];
    for (int pixel = 0; pixel < format.pixels(); pixel++) {
      cells[pixel] = stored.get(pixel / 2 * 4 + pixel % 2);
    }
    return new Frame(format.inPlanes(), ByteBuffer.wrap(cells), false);
  }
}
