package io.radstream.producers.dicom.pixels;

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

/** Finds and unpacks the first picture of a file. */
record FirstFrame(CodecPool codecs) {

  Frame of(DicomFile file, PixelFormat format) throws RefusedStudyException {
    Dataset data = file.dataset();
    List<ByteBuffer> fragments = data.fragments(Tag.PIXEL_DATA);
    Packing packing = file.syntax().packing();
    if (packing == Packing.NATIVE) {
      ByteBuffer cells =
          fragments.isEmpty()
              ? data.bytes(Tag.PIXEL_DATA)
                  .orElseThrow(() -> Refusals.damaged("the pixel data is a sequence"))
              : first(fragments, format).order(ByteOrder.LITTLE_ENDIAN);
      return stored(data, format, cells);
    }
    if (fragments.size() < 2) {
      throw Refusals.damaged("compressed pixel data is empty or not in fragments");
    }
    ByteBuffer packed = first(fragments, format);
    if (packing == Packing.RLE) {
      byte[] cells = RunLengths.unpack(packed, format);
      return new Frame(
          format.inPlanes(), ByteBuffer.wrap(cells).order(ByteOrder.LITTLE_ENDIAN), false);
    }
    byte[] codestream = new byte[packed.remaining()];
    packed.get(codestream);
    Shape shape = new Shape(format.columns(), format.rows(), format.samples());
    Unpacked unpacked = codecs.unpack(codestream, shape);
    return new Frame(
        format.unpacked(unpacked.cellBytes()),
        ByteBuffer.wrap(unpacked.cells()).order(ByteOrder.LITTLE_ENDIAN),
        false);
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
  private static ByteBuffer first(List<ByteBuffer> fragments, PixelFormat format) {
    List<ByteBuffer> pieces = fragments.subList(1, fragments.size());
    if (format.frames() == 1) {
      return joined(pieces);
    }
    ByteBuffer table = fragments.get(0);
    if (table.remaining() >= 2 * Integer.BYTES && pieces.size() != format.frames()) {
      return joined(before(pieces, Integer.toUnsignedLong(table.getInt(Integer.BYTES))));
    }
    return pieces.get(0).duplicate();
  }

  /**
   * @param end of the first picture, counted with the 8 bytes before each fragment
   */
  private static List<ByteBuffer> before(List<ByteBuffer> pieces, long end) {
    long position = 0;
    int count = 0;
    while (count < pieces.size() && position < end) {
      position += 2 * Integer.BYTES + pieces.get(count).remaining();
      count++;
    }
    return pieces.subList(0, Math.max(1, count));
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
