package io.radstream.producers.dicom.pixels;

import io.radstream.deidentification.pixels.Region;
import io.radstream.producers.dicom.dataset.DicomFile;
import io.radstream.producers.dicom.dataset.Refusals;
import io.radstream.producers.publish.RefusedStudyException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.List;

/** Puts pictures one behind the other, with parts of them in the darkest colour that they have. */
final class CellWriter {

  private final PixelFormat format;
  private final ByteBuffer cells;

  /**
   * @param format of each picture
   * @throws RefusedStudyException where they would be too large together
   */
  CellWriter(PixelFormat format, int pictures) throws RefusedStudyException {
    long bytes = (long) format.pixels() * format.samples() * format.cellBytes() * pictures;
    if (bytes > DicomFile.MAX_BYTES) {
      throw Refusals.tooLarge(
          "the pictures unpack to %d bytes; at most %d are written"
              .formatted(bytes, DicomFile.MAX_BYTES));
    }
    this.format = format;
    this.cells = ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * @param gray of each pixel as it is shown
   * @throws RefusedStudyException where the picture is of another format
   */
  void add(Frame frame, List<Region> hidden, byte[] gray) throws RefusedStudyException {
    if (!frame.format().equals(format)) {
      throw Refusals.undecodable(
          "the pictures are not all of one kind, and cannot be written anew");
    }
    int black = darkest(gray);
    BitSet blanks = pixels(hidden);
    for (int pixel = 0; pixel < format.pixels(); pixel++) {
      int from = blanks.get(pixel) ? black : pixel;
      for (int sample = 0; sample < format.samples(); sample++) {
        int number = format.value(frame.code(from, sample));
        if (format.cellBytes() == 1) {
          cells.put((byte) number);
        } else {
          cells.putShort((short) number);
        }
      }
    }
  }

  private static int darkest(byte[] gray) {
    int darkest = 0;
    for (int pixel = 1; pixel < gray.length; pixel++) {
      if ((gray[pixel] & 0xFF) < (gray[darkest] & 0xFF)) {
        darkest = pixel;
      }
    }
    return darkest;
  }

  private BitSet pixels(List<Region> regions) {
    BitSet pixels = new BitSet(format.pixels());
    for (Region region : regions) {
      int left = clamped(region.x(), format.columns());
      int right = clamped(region.x() + region.width(), format.columns());
      int bottom = clamped(region.y() + region.height(), format.rows());
      for (int y = clamped(region.y(), format.rows()); y < bottom; y++) {
        pixels.set(y * format.columns() + left, y * format.columns() + right);
      }
    }
    return pixels;
  }

  private static int clamped(int place, int size) {
    return Math.max(0, Math.min(size, place));
  }

  PlainPictures pictures() {
    return new PlainPictures(
        cells.array(),
        photometric(),
        format.samples(),
        format.bitsAllocated(),
        format.bitsStored());
  }

  /** As a codec gives them back, colours are shared by no pixels, or are red, green and blue. */
  private String photometric() {
    return switch (format.photometric()) {
      case PALETTE_COLOR -> "PALETTE COLOR";
      case YBR_FULL_422 -> Photometric.YBR_FULL.name();
      case YBR_RCT, YBR_ICT -> Photometric.RGB.name();
      default -> format.photometric().name();
    };
  }
}
