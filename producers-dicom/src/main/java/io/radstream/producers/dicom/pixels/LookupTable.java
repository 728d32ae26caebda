package io.radstream.producers.dicom.pixels;

import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.Refusals;
import io.radstream.producers.dicom.dataset.Tag;
import io.radstream.producers.publish.RefusedStudyException;
import java.nio.ByteBuffer;

/**
 * A table of a header: what is below its first number has the first entry, what is above its last
 * one the last.
 *
 * @param first number that is looked up
 * @param bits of an entry
 */
@SuppressWarnings("ArrayRecordComponent") // lives while one picture is made
record LookupTable(int first, int bits, int[] entries) {

  private static final int MOST_ENTRIES = 1 << 16;

  /**
   * @param signed whether the number that is looked up first may be below 0
   */
  static LookupTable of(Dataset item, boolean signed) throws RefusedStudyException {
    return of(item, Tag.LUT_DESCRIPTOR, Tag.LUT_DATA, signed);
  }

  static LookupTable of(Dataset item, int descriptor, int data, boolean signed)
      throws RefusedStudyException {
    int[] numbers = item.unsignedShorts(descriptor);
    if (numbers.length != 3) {
      throw Refusals.undecodable("a lookup table has no descriptor");
    }
    int count = numbers[0] == 0 ? MOST_ENTRIES : numbers[0];
    int bits = numbers[2];
    ByteBuffer bytes =
        item.bytes(data).orElseThrow(() -> Refusals.undecodable("a lookup table has no entries"));
    boolean narrow = bits <= Byte.SIZE && bytes.remaining() < count * Short.BYTES;
    if (bits < 1 || bits > Short.SIZE || bytes.remaining() < (narrow ? count : 2 * count)) {
      throw Refusals.undecodable("a lookup table is shorter than it says");
    }
    int[] entries = new int[count];
    for (int i = 0; i < count; i++) {
      entries[i] =
          narrow ? bytes.get(i) & 0xFF : Short.toUnsignedInt(bytes.getShort(Short.BYTES * i));
    }
    return new LookupTable(signed ? (short) numbers[1] : numbers[1], bits, entries);
  }

  int at(double number) {
    long index = Math.round(number) - first;
    return entries[(int) Math.max(0, Math.min(entries.length - 1, index))];
  }

  /** From 0 to 1. */
  double share(double number) {
    return Math.min(1, at(number) / (double) ((1 << bits) - 1));
  }
}
