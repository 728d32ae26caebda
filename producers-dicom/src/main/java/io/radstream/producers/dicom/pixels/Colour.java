package io.radstream.producers.dicom.pixels;

import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.Tag;
import io.radstream.producers.publish.RefusedStudyException;

/** The brightness of coloured pixels, by the weights of ITU-R BT.601. */
final class Colour {

  private static final int[] WEIGHTS = {299, 587, 114};
  private static final int WHOLE = 1000;

  private Colour() {}

  /** Red, green and blue, or brightness and two colours, to gray. */
  static byte[] gray(Frame frame) {
    PixelFormat format = frame.format();
    byte[] gray = new byte[format.pixels()];
    for (int pixel = 0; pixel < gray.length; pixel++) {
      int first = byteOf(frame.code(pixel, 0), format.bitsStored());
      gray[pixel] =
          format.photometric().hasBrightness()
              ? (byte) first
              : brightness(
                  first,
                  byteOf(frame.code(pixel, 1), format.bitsStored()),
                  byteOf(frame.code(pixel, 2), format.bitsStored()));
    }
    return gray;
  }

  /** Code to gray, by the header's tables of red, green and blue. */
  static byte[] palette(Dataset header, PixelFormat format) throws RefusedStudyException {
    LookupTable[] tables = new LookupTable[WEIGHTS.length];
    for (int i = 0; i < tables.length; i++) {
      tables[i] =
          LookupTable.of(
              header, Tag.RED_PALETTE_DESCRIPTOR + i, Tag.RED_PALETTE_DATA + i, format.signed());
    }
    byte[] gray = new byte[format.codes()];
    for (int code = 0; code < gray.length; code++) {
      int number = format.value(code);
      gray[code] =
          brightness(
              byteOf(tables[0].at(number), tables[0].bits()),
              byteOf(tables[1].at(number), tables[1].bits()),
              byteOf(tables[2].at(number), tables[2].bits()));
    }
    return gray;
  }

  private static byte brightness(int red, int green, int blue) {
    int sum = WEIGHTS[0] * red + WEIGHTS[1] * green + WEIGHTS[2] * blue;
    return (byte) ((sum + WHOLE / 2) / WHOLE);
  }

  private static int byteOf(int number, int bits) {
    return bits >= Byte.SIZE
        ? (number >>> (bits - Byte.SIZE)) & 0xFF
        : number * 0xFF / ((1 << bits) - 1);
  }
}
