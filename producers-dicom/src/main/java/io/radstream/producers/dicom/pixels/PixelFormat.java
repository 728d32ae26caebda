package io.radstream.producers.dicom.pixels;

import io.radstream.producers.dicom.codec.ColourModel;
import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.Refusals;
import io.radstream.producers.dicom.dataset.Tag;
import io.radstream.producers.publish.RefusedStudyException;
import java.util.OptionalDouble;

/**
 * How the pixels of an image are stored.
 *
 * @param rows height in pixels
 * @param columns width in pixels
 * @param planar whether all samples of one kind stand together
 * @param bitsAllocated of a cell: 8 or 16
 * @param bitsStored of it that are the number, 1 to 16
 * @param highBit place of the number's highest bit in the cell
 * @param signed whether the number has a sign
 * @param frames pictures one after the other
 */
public record PixelFormat(
    int rows,
    int columns,
    Photometric photometric,
    boolean planar,
    int bitsAllocated,
    int bitsStored,
    int highBit,
    boolean signed,
    int frames) {

  private static final int MOST_FRAMES = 1_000_000;

  /**
   * @throws RefusedStudyException where there is no picture, or one of a kind that is not read
   */
  public static PixelFormat of(Dataset header) throws RefusedStudyException {
    if (!header.has(Tag.PIXEL_DATA)) {
      throw Refusals.damaged("there is no pixel data");
    }
    Photometric photometric =
        header
            .text(Tag.PHOTOMETRIC_INTERPRETATION)
            .flatMap(Photometric::of)
            .orElseThrow(() -> Refusals.undecodable("no photometric interpretation that is read"));
    int allocated = required(header, Tag.BITS_ALLOCATED);
    int stored = header.unsigned(Tag.BITS_STORED).orElse(allocated);
    PixelFormat format =
        new PixelFormat(
            required(header, Tag.ROWS),
            required(header, Tag.COLUMNS),
            photometric,
            header.unsigned(Tag.PLANAR_CONFIGURATION).orElse(0) == 1,
            allocated,
            stored,
            header.unsigned(Tag.HIGH_BIT).orElse(stored - 1),
            header.unsigned(Tag.PIXEL_REPRESENTATION).orElse(0) == 1,
            frames(header));
    format.check(header.unsigned(Tag.SAMPLES_PER_PIXEL).orElse(1));
    return format;
  }

  private void check(int samples) throws RefusedStudyException {
    if (samples != photometric.samples()) {
      throw Refusals.undecodable(
          "%d samples a pixel do not make a %s image".formatted(samples, photometric));
    }
    if (bitsAllocated != Byte.SIZE && bitsAllocated != Short.SIZE) {
      throw Refusals.undecodable(
          "%d bits are allocated for a sample; 8 and 16 are read".formatted(bitsAllocated));
    }
    if (bitsStored < 1 || bitsStored > highBit + 1 || highBit >= bitsAllocated) {
      throw Refusals.undecodable(
          "%d bits up to bit %d do not fit in %d".formatted(bitsStored, highBit, bitsAllocated));
    }
    if (rows < 1 || columns < 1) {
      throw Refusals.damaged("the picture has no rows or no columns");
    }
  }

  private static int required(Dataset header, int tag) throws RefusedStudyException {
    return header
        .unsigned(tag)
        .orElseThrow(() -> Refusals.damaged("the element %s is missing".formatted(Tag.text(tag))));
  }

  private static int frames(Dataset header) {
    OptionalDouble frames = header.decimal(Tag.NUMBER_OF_FRAMES);
    double count = frames.orElse(1);
    return count >= 1 && count <= MOST_FRAMES ? (int) count : 1;
  }

  /**
   * The same as a decoder gives it back: samples together, and numbers in the lower bits, unless
   * the header has them elsewhere in cells of that size.
   */
  PixelFormat unpacked(int cellBytes) {
    int bits = cellBytes * Byte.SIZE;
    int number = Math.min(bitsStored, bits);
    int high = bits == bitsAllocated ? highBit : number - 1;
    return new PixelFormat(rows, columns, photometric, false, bits, number, high, signed, frames);
  }

  /** The same by what the picture itself says of its colours: headers are often wrong there. */
  PixelFormat coloured(ColourModel colours) {
    return new PixelFormat(
        rows,
        columns,
        photometric.coloured(colours),
        planar,
        bitsAllocated,
        bitsStored,
        highBit,
        signed,
        frames);
  }

  /** The same with all samples of a kind together. */
  PixelFormat inPlanes() {
    return new PixelFormat(
        rows, columns, photometric, true, bitsAllocated, bitsStored, highBit, signed, frames);
  }

  int cellBytes() {
    return bitsAllocated / Byte.SIZE;
  }

  int pixels() {
    return rows * columns;
  }

  /** Bytes of one picture, as it is stored where it is not compressed. */
  public long storedBytes() {
    return photometric == Photometric.YBR_FULL_422
        ? 2L * pixels()
        : (long) pixels() * samples() * cellBytes();
  }

  int samples() {
    return photometric.samples();
  }

  /** Bits of a number that are beneath the others in its cell, and belong to something else. */
  int shift() {
    return highBit - bitsStored + 1;
  }

  /** How many numbers can be stored. */
  int codes() {
    return 1 << bitsStored;
  }

  /** What a code is as a number. */
  int value(int code) {
    return signed && code >= codes() / 2 ? code - codes() : code;
  }
}
