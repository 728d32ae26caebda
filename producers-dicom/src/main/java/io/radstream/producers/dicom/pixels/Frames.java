package io.radstream.producers.dicom.pixels;

import io.radstream.producers.dicom.codec.BareCodestream;
import io.radstream.producers.dicom.codec.CodecPool;
import io.radstream.producers.dicom.codec.Shape;
import io.radstream.producers.dicom.codec.Unpacked;
import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.DicomFile;
import io.radstream.producers.dicom.dataset.Refusals;
import io.radstream.producers.dicom.dataset.Tag;
import io.radstream.producers.dicom.dataset.TransferSyntax.Packing;
import io.radstream.producers.publish.RefusedStudyException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/** Finds and unpacks the pictures of a file. */
record Frames(CodecPool codecs) {

  /**
   * @param index of the picture, from 0
   */
  Frame at(int index, DicomFile file, PixelFormat format) throws RefusedStudyException {
    Dataset data = file.dataset();
    if (isCompressed(file)) {
      return unpacked(packed(index, file, format), file, format);
    }
    ByteBuffer cells =
        data.bytes(Tag.PIXEL_DATA)
            .orElseThrow(() -> Refusals.damaged("the pixel data is a sequence"));
    return stored(data, format, slice(index, cells, format));
  }

  /** Whether pictures stand each by itself, which those that are not compressed may do as well. */
  static boolean isCompressed(DicomFile file) {
    return file.syntax().packing() != Packing.NATIVE
        || !file.dataset().fragments(Tag.PIXEL_DATA).isEmpty();
  }

  /**
   * A compressed picture with nothing but what its decoder needs.
   *
   * @return empty where it has anything that is not understood
   */
  Optional<ByteBuffer> bare(int index, DicomFile file, PixelFormat format)
      throws RefusedStudyException {
    ByteBuffer packed = packed(index, file, format);
    return switch (file.syntax().packing()) {
      case NATIVE ->
          packed.remaining() < format.storedBytes()
              ? Optional.empty()
              : Optional.of(packed.slice(packed.position(), (int) format.storedBytes()));
      case RLE -> RunLengths.bare(packed, format).map(ByteBuffer::wrap);
      case JPEG, JPEG_LS, JPEG_2000 -> BareCodestream.of(bytes(packed)).map(ByteBuffer::wrap);
    };
  }

  /**
   * @param packed one picture, compressed as the file says
   */
  Frame unpacked(ByteBuffer packed, DicomFile file, PixelFormat format)
      throws RefusedStudyException {
    Packing packing = file.syntax().packing();
    if (packing == Packing.NATIVE) {
      return stored(file.dataset(), format, packed.slice().order(ByteOrder.LITTLE_ENDIAN));
    }
    if (packing == Packing.RLE) {
      byte[] cells = RunLengths.unpack(packed, format);
      return new Frame(
          format.inPlanes(), ByteBuffer.wrap(cells).order(ByteOrder.LITTLE_ENDIAN), false);
    }
    Shape shape = new Shape(format.columns(), format.rows(), format.samples());
    Unpacked unpacked = codecs.unpack(bytes(packed), shape);
    return new Frame(
        format.unpacked(unpacked.cellBytes()).coloured(unpacked.colours()),
        ByteBuffer.wrap(unpacked.cells()).order(ByteOrder.LITTLE_ENDIAN),
        false);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** What is there from where the picture begins; all of it for the first one. */
  private static ByteBuffer slice(int index, ByteBuffer cells, PixelFormat format)
      throws RefusedStudyException {
    long start = index * format.storedBytes();
    boolean halfAWord = start % 2 != 0 && cells.order() == ByteOrder.BIG_ENDIAN;
    if (start > cells.remaining() || halfAWord) {
      throw Refusals.undecodable(
          "the pixel data has %d bytes; picture %d begins at %d"
              .formatted(cells.remaining(), index + 1, start));
    }
    return cells.slice((int) start, cells.remaining() - (int) start).order(cells.order());
  }

  private static Frame stored(Dataset data, PixelFormat format, ByteBuffer cells)
      throws RefusedStudyException {
    if (format.photometric() == Photometric.YBR_FULL_422) {
      return SharedColours.spread(format, cells);
    }
    long needed = (long) format.pixels() * format.samples() * format.cellBytes();
    boolean swapped =
        data.isBigEndian() && format.cellBytes() == 1 && data.represents(Tag.PIXEL_DATA, "OW");
    if (cells.remaining() < needed + (swapped ? needed % 2 : 0)) {
      throw Refusals.undecodable(
          "the pixel data has %d bytes; a picture needs %d".formatted(cells.remaining(), needed));
    }
    return new Frame(format, cells, swapped);
  }

  /** One picture may lie in several fragments, and one fragment never holds parts of two. */
  private static ByteBuffer packed(int index, DicomFile file, PixelFormat format)
      throws RefusedStudyException {
    List<ByteBuffer> fragments = file.dataset().fragments(Tag.PIXEL_DATA);
    if (fragments.size() < 2 && file.syntax().packing() != Packing.NATIVE) {
      throw Refusals.damaged("compressed pixel data is empty or not in fragments");
    }
    List<ByteBuffer> pieces = fragments.subList(1, fragments.size());
    if (format.frames() == 1) {
      return joined(pieces);
    }
    ByteBuffer table = fragments.get(0);
    if (table.remaining() >= 2 * Integer.BYTES && pieces.size() != format.frames()) {
      return joined(between(pieces, offset(index, table), offset(index + 1, table)));
    }
    if (index >= pieces.size()) {
      throw Refusals.undecodable(
          "there are %d pieces of compressed pixel data, for %d pictures"
              .formatted(pieces.size(), format.frames()));
    }
    return pieces.get(index).duplicate();
  }

  private static long offset(int index, ByteBuffer table) {
    int place = index * Integer.BYTES;
    return place + Integer.BYTES <= table.remaining()
        ? Integer.toUnsignedLong(table.getInt(place))
        : Long.MAX_VALUE;
  }

  /** At least one of them; places are counted with the 8 bytes before each fragment. */
  private static List<ByteBuffer> between(List<ByteBuffer> pieces, long start, long end) {
    long position = 0;
    int first = 0;
    while (first < pieces.size() - 1 && position < start) {
      position += 2 * Integer.BYTES + pieces.get(first).remaining();
      first++;
    }
    int last = first;
    while (last < pieces.size() && position < end) {
      position += 2 * Integer.BYTES + pieces.get(last).remaining();
      last++;
    }
    return pieces.subList(first, Math.max(first + 1, last));
  }

  private static ByteBuffer joined(List<ByteBuffer> pieces) {
    if (pieces.size() == 1) {
      return pieces.get(0).duplicate();
    }
    int size = pieces.stream().mapToInt(ByteBuffer::remaining).sum();
    ByteBuffer whole = ByteBuffer.allocate(size);
    pieces.forEach(piece -> whole.put(piece.duplicate()));
    return whole.flip();
  }
}
