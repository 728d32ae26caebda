package io.radstream.producers.dicom.deidentify;

import io.radstream.producers.dicom.dataset.Tag;
import io.radstream.producers.dicom.edit.Content;
import io.radstream.producers.dicom.edit.EditableDataset;
import io.radstream.producers.dicom.edit.Element;
import io.radstream.producers.dicom.pixels.PlainPictures;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes the pixels of a data set, and what it says of them. */
final class PixelData {

  /** Where compressed pictures begin, and how long they are, each and together. */
  private static final List<Integer> EXTENDED_TABLES =
      List.of(0x7FE0_0001, 0x7FE0_0002, 0x7FE0_0003);

  private static final int FRAGMENT_HEADER = 8;

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

  /**
   * @param packed each picture, which gets a fragment of its own
   */
  static void replace(EditableDataset data, List<ByteBuffer> packed) {
    data.removeEverywhere(EXTENDED_TABLES::contains);
    ByteBuffer table =
        ByteBuffer.allocate(packed.size() * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int place = 0;
    for (ByteBuffer picture : packed) {
      table.putInt(place);
      place += FRAGMENT_HEADER + picture.remaining() + picture.remaining() % 2;
    }
    List<ByteBuffer> fragments = new ArrayList<>(List.of(table.flip()));
    fragments.addAll(packed);
    data.put(new Element(Tag.PIXEL_DATA, "OB", new Content.Fragments(fragments)));
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
