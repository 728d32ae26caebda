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
    int index =
        format.planar() ? sample * format.pixels() + pixel : pixel * format.samples() + sample;
    int cell =
        format.cellBytes() == 1
            ? cells.get(swapped ? index ^ 1 : index) & 0xFF
            : Short.toUnsignedInt(cells.getShort(2 * index));
    return (cell >>> format.shift()) & (format.codes() - 1);
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
