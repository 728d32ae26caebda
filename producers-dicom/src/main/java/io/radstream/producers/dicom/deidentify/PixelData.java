package io.radstream.producers.dicom.deidentify;

import io.radstream.producers.dicom.codec.CodestreamComments;
import io.radstream.producers.dicom.dataset.Tag;
import io.radstream.producers.dicom.dataset.TransferSyntax.Packing;
import io.radstream.producers.dicom.edit.Content;
import io.radstream.producers.dicom.edit.EditableDataset;
import io.radstream.producers.dicom.edit.Element;
import io.radstream.producers.dicom.pixels.PlainPictures;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/** Changes the pixels of a data set, and what it says of them. */
final class PixelData {

  /** Where compressed pictures begin, and how long they are. */
  private static final List<Integer> EXTENDED_TABLES = List.of(0x7FE0_0001, 0x7FE0_0002);

  private PixelData() {}

  static void replace(EditableDataset data, PlainPictures pictures) {
    data.removeEverywhere(EXTENDED_TABLES::contains);
    data.put(Tag.PHOTOMETRIC_INTERPRETATION, "CS", pictures.photometric());
    putShort(data, Tag.SAMPLES_PER_PIXEL, pictures.samples());
    putShort(data, Tag.BITS_ALLOCATED, pictures.bitsAllocated());
    putShort(data, Tag.BITS_STORED, pictures.bitsStored());
    putShort(data, Tag.HIGH_BIT, pictures.bitsStored() - 1);
    if (pictures.samples() > 1) {
      putShort(data, Tag.PLANAR_CONFIGURATION, 0);
    }
    ByteBuffer cells = ByteBuffer.wrap(pictures.cells()).order(ByteOrder.LITTLE_ENDIAN);
    String representation = pictures.bitsAllocated() > Byte.SIZE ? "OW" : "OB";
    data.put(new Element(Tag.PIXEL_DATA, representation, new Content.Bytes(cells)));
  }

  /** What is behind the last picture belongs to none. */
  static void cut(EditableDataset data, long bytes) {
    Element pixels = pixels(data).orElseThrow();
    if (pixels.content() instanceof Content.Bytes stored && stored.bytes().remaining() > bytes) {
      ByteBuffer cut = stored.bytes().slice(0, (int) bytes).order(stored.bytes().order());
      data.put(new Element(pixels.tag(), pixels.representation(), new Content.Bytes(cut)));
    }
  }

  /** Compressed pictures may carry text of their own. */
  static void withoutComments(EditableDataset data, Packing packing) {
    boolean mayHaveSome =
        packing == Packing.JPEG || packing == Packing.JPEG_LS || packing == Packing.JPEG_2000;
    Element pixels = pixels(data).orElseThrow();
    if (mayHaveSome && pixels.content() instanceof Content.Fragments packed) {
      List<ByteBuffer> clean = packed.fragments().stream().map(CodestreamComments::blank).toList();
      data.put(new Element(pixels.tag(), pixels.representation(), new Content.Fragments(clean)));
    }
  }

  private static Optional<Element> pixels(EditableDataset data) {
    return data.elements().stream().filter(it -> it.tag() == Tag.PIXEL_DATA).findFirst();
  }

  private static void putShort(EditableDataset data, int tag, int value) {
    ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort(0, (short) value);
    data.put(new Element(tag, "US", new Content.Bytes(bytes)));
  }
}
