package io.radstream.producers.dicom.pixels;

import java.nio.ByteBuffer;

/**
 * The cells of one picture.
 *
 * @param cells in the buffer's byte order
 * @param swapped whether bytes stand in pairs the wrong way round, as in words of another order
 */
record Frame(PixelFormat format, ByteBuffer cells, boolean swapped) {

  /** What is stored in a sample, without bits that are not of it; as a code, from 0. */
  int code(int pixel, int sample) {
    return (cell(pixel, sample) >>> format.shift()) & (format.codes() - 1);
  }

  private int cell(int pixel, int sample) {
    int index =
        format.planar() ? sample * format.pixels() + pixel : pixel * format.samples() + sample;
    return format.cellBytes() == 1
        ? cells.get(swapped ? index ^ 1 : index) & 0xFF
        : Short.toUnsignedInt(cells.getShort(2 * index));
  }

  /** Whether a cell holds anything beside its number: an overlay may be in there. */
  boolean holdsMore() {
    if (format.bitsStored() == format.bitsAllocated()) {
      return false;
    }
    for (int pixel = 0; pixel < format.pixels(); pixel++) {
      for (int sample = 0; sample < format.samples(); sample++) {
        int code = code(pixel, sample);
        int cell = cell(pixel, sample);
        int extended = format.value(code) << format.shift() & ((1 << format.bitsAllocated()) - 1);
        if (cell != code << format.shift() && cell != extended) {
          return true;
        }
      }
    }
    return false;
  }

  /** How often each code is there. */
  int[] histogram() {
    int[] counts = new int[format.codes()];
    for (int pixel = 0; pixel < format.pixels(); pixel++) {
      counts[code(pixel, 0)]++;
    }
    return counts;
  }
}
