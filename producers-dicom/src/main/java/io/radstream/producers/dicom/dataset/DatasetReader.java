package io.radstream.producers.dicom.dataset;

import io.radstream.producers.publish.RefusedStudyException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/** Walks over the elements of a file, and believes no length before it is compared with the end. */
final class DatasetReader {

  /** Sequences within sequences; radiographs have two or three. */
  private static final int MAX_DEPTH = 32;

  /** Elements, items and fragments of a file, all together. */
  private static final int MAX_ELEMENTS = 200_000;

  private static final int ITEM = 0xFFFE_E000;
  private static final int END_OF_ITEM = 0xFFFE_E00D;
  private static final int END_OF_SEQUENCE = 0xFFFE_E0DD;
  private static final int UNDEFINED = 0xFFFF_FFFF;
  private static final int SHORT_HEADER = 8;
  private static final int LONG_HEADER = 12;

  /** Their length has 16 bits; that of all others, also of those to come, has 32. */
  private static final Set<String> SHORT =
      Set.of(
          "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "PN", "SH", "SL",
          "SS", "ST", "TM", "UI", "UL", "US");

  /**
   * @param length as it is written, to be read as unsigned
   */
  private record Header(int tag, String representation, int length) {

    boolean isUndefined() {
      return length == UNDEFINED;
    }
  }

  private final byte[] file;
  private final IntPredicate sequences;
  private int position;
  private int elements;
  private Encoding encoding;
  private ByteBuffer buffer;

  /**
   * @param sequences tags of which it is known that they are sequences, where no representation
   *     tells it
   */
  DatasetReader(byte[] file, int position, Encoding encoding, IntPredicate sequences) {
    this.file = file;
    this.sequences = sequences;
    this.position = position;
    use(encoding);
  }

  private void use(Encoding changed) {
    encoding = changed;
    buffer =
        ByteBuffer.wrap(file)
            .order(changed.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  /** Where the next element begins. */
  int position() {
    return position;
  }

  /** Elements up to the first one of another group. */
  Dataset readGroup(int group) throws RefusedStudyException {
    Dataset result = new Dataset(file, encoding.bigEndian(), CharacterSets.DEFAULT);
    while (position + Short.BYTES <= file.length
        && Short.toUnsignedInt(buffer.getShort(position)) == group) {
      readElement(result, file.length, 0);
    }
    return result;
  }

  /** All elements to the end of the file. */
  Dataset readAll() throws RefusedStudyException {
    Dataset result = new Dataset(file, encoding.bigEndian(), CharacterSets.DEFAULT);
    while (position < file.length && !isPadding()) {
      readElement(result, file.length, 0);
    }
    return result;
  }

  /** Some devices fill their last block. */
  private boolean isPadding() {
    for (int i = position; i < file.length; i++) {
      if (file[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private void readElement(Dataset into, int end, int depth) throws RefusedStudyException {
    Header header = header(end);
    into.put(header.tag(), header.representation(), value(header, into, end, depth));
  }

  private Value value(Header header, Dataset of, int end, int depth) throws RefusedStudyException {
    boolean unknown = header.representation().equals("UN");
    boolean sequence =
        header.representation().equals("SQ")
            || (!encoding.explicit() && sequences.test(header.tag()));
    if (!header.isUndefined() && unknown && sequences.test(header.tag())) {
      return unknownItems(of, within(header, end), false, depth);
    }
    if (!header.isUndefined()) {
      return sequence ? items(of, within(header, end), false, depth) : bytes(header, end);
    }
    if (header.tag() == Tag.PIXEL_DATA && encoding.explicit()) {
      return fragments(end);
    }
    if (unknown) {
      return unknownItems(of, end, true, depth);
    }
    if (sequence || !encoding.explicit()) {
      return items(of, end, true, depth);
    }
    throw Refusals.damaged(
        "element %s has no length and is no sequence".formatted(Tag.text(header.tag())));
  }

  /** Whoever did not know a sequence wrote it as it came to him: without representations. */
  private Value unknownItems(Dataset of, int end, boolean delimited, int depth)
      throws RefusedStudyException {
    Encoding outside = encoding;
    use(Encoding.IMPLICIT_LITTLE);
    try {
      return items(of, end, delimited, depth);
    } finally {
      use(outside);
    }
  }

  private Value items(Dataset of, int end, boolean delimited, int depth)
      throws RefusedStudyException {
    if (depth >= MAX_DEPTH) {
      throw Refusals.damaged("sequences are nested more than %d deep".formatted(MAX_DEPTH));
    }
    List<Dataset> items = new ArrayList<>();
    while (delimited || position < end) {
      Header header = header(end);
      if (delimited && header.tag() == END_OF_SEQUENCE) {
        return new Value.Items(items);
      }
      if (header.tag() != ITEM) {
        throw Refusals.damaged(
            "a sequence holds the element %s in the place of an item"
                .formatted(Tag.text(header.tag())));
      }
      items.add(item(header, of, end, depth + 1));
    }
    return new Value.Items(items);
  }

  private Dataset item(Header header, Dataset of, int end, int depth) throws RefusedStudyException {
    Dataset item = new Dataset(file, encoding.bigEndian(), of.characters());
    if (!header.isUndefined()) {
      int itemEnd = within(header, end);
      while (position < itemEnd) {
        readElement(item, itemEnd, depth);
      }
      return item;
    }
    while (tag(end) != END_OF_ITEM) {
      readElement(item, end, depth);
    }
    header(end);
    return item;
  }

  private Value fragments(int end) throws RefusedStudyException {
    List<Value.Bytes> fragments = new ArrayList<>();
    for (Header header = header(end); header.tag() != END_OF_SEQUENCE; header = header(end)) {
      if (header.tag() != ITEM || header.isUndefined()) {
        throw Refusals.damaged("compressed pixel data is not made of fragments");
      }
      fragments.add(bytes(header, end));
    }
    return new Value.Fragments(fragments);
  }

  private Value.Bytes bytes(Header header, int end) throws RefusedStudyException {
    int start = position;
    position = within(header, end);
    return new Value.Bytes(start, header.length());
  }

  /** Where a value ends whose length is known. */
  private int within(Header header, int end) throws RefusedStudyException {
    long length = Integer.toUnsignedLong(header.length());
    if (length > end - position) {
      throw Refusals.damaged(
          "element %s claims %d bytes where %d are left: the file is truncated or damaged"
              .formatted(Tag.text(header.tag()), length, end - position));
    }
    return position + (int) length;
  }

  private int tag(int end) throws RefusedStudyException {
    need(SHORT_HEADER, end);
    return Short.toUnsignedInt(buffer.getShort(position)) << Short.SIZE
        | Short.toUnsignedInt(buffer.getShort(position + 2));
  }

  private Header header(int end) throws RefusedStudyException {
    if (++elements > MAX_ELEMENTS) {
      throw Refusals.damaged("the file has more than %d elements".formatted(MAX_ELEMENTS));
    }
    int tag = tag(end);
    boolean delimiter = tag == ITEM || tag == END_OF_ITEM || tag == END_OF_SEQUENCE;
    if (!encoding.explicit() || delimiter) {
      int length = buffer.getInt(position + 4);
      position += SHORT_HEADER;
      return new Header(tag, "", length);
    }
    String representation = representation(tag);
    if (SHORT.contains(representation)) {
      int length = Short.toUnsignedInt(buffer.getShort(position + 6));
      position += SHORT_HEADER;
      return new Header(tag, representation, length);
    }
    need(LONG_HEADER, end);
    int length = buffer.getInt(position + 8);
    position += LONG_HEADER;
    return new Header(tag, representation, length);
  }

  private String representation(int tag) throws RefusedStudyException {
    String letters = new String(file, position + 4, 2, StandardCharsets.ISO_8859_1);
    if (letters.charAt(0) < 'A'
        || letters.charAt(0) > 'Z'
        || letters.charAt(1) < 'A'
        || letters.charAt(1) > 'Z') {
      throw Refusals.damaged("element %s has no value representation".formatted(Tag.text(tag)));
    }
    return letters;
  }

  private void need(int bytes, int end) throws RefusedStudyException {
    if (bytes > end - position) {
      throw Refusals.damaged(
          "the file ends within an element, at byte %d: it is truncated or damaged"
              .formatted(position));
    }
  }
}
