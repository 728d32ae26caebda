package io.radstream.producers.dicom.write;

import io.radstream.producers.dicom.edit.Content;
import io.radstream.producers.dicom.edit.EditableDataset;
import io.radstream.producers.dicom.edit.Element;
import io.radstream.producers.dicom.edit.Representation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Writes data sets with explicit value representations, lower byte first, text in UTF-8. Sequences
 * end with delimiters, so that nothing is written before it is known; pixels go from the file that
 * they lie in to where they are written.
 */
public final class DatasetWriter {

  private static final int ITEM = 0xFFFE_E000;
  private static final int END_OF_ITEM = 0xFFFE_E00D;
  private static final int END_OF_SEQUENCE = 0xFFFE_E0DD;
  private static final int UNDEFINED = 0xFFFF_FFFF;
  private static final int PIECE = 1 << 16;

  /** Most bytes of a value whose length has 16 bits, an even number. */
  private static final int MOST_SHORT = 0xFFFE;

  private static final Set<String> LONG =
      Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

  private static final String UNKNOWN = "UN";

  private final OutputStream out;

  public DatasetWriter(OutputStream out) {
    this.out = out;
  }

  public void write(EditableDataset dataset) throws IOException {
    for (Element element : dataset.elements()) {
      write(element);
    }
  }

  private void write(Element element) throws IOException {
    String representation = element.representation();
    Content content = element.content();
    if (content instanceof Content.Items sequence) {
      header(element.tag(), representation, UNDEFINED);
      items(sequence.items());
    } else if (content instanceof Content.Fragments pieces) {
      // Whatever a file called them: PS3.5, A.4.
      header(element.tag(), "OB", UNDEFINED);
      fragments(pieces.fragments());
    } else if (content instanceof Content.Text text) {
      text(element.tag(), representation, text.text());
    } else {
      ByteBuffer bytes = ((Content.Bytes) content).bytes();
      header(element.tag(), representation, even(bytes.remaining()));
      bytes(bytes, Representation.width(representation));
    }
  }

  private void text(int tag, String representation, String text) throws IOException {
    // What is not ASCII where only that may be becomes a question mark.
    byte[] bytes =
        text.getBytes(
            Representation.hasAnyLetters(representation)
                ? StandardCharsets.UTF_8
                : StandardCharsets.US_ASCII);
    header(tag, representation, even(bytes.length));
    out.write(bytes);
    if (bytes.length % 2 != 0) {
      out.write(representation.equals("UI") ? 0 : ' ');
    }
  }

  private void items(List<EditableDataset> items) throws IOException {
    for (EditableDataset item : items) {
      delimiter(ITEM, UNDEFINED);
      write(item);
      delimiter(END_OF_ITEM, 0);
    }
    delimiter(END_OF_SEQUENCE, 0);
  }

  private void fragments(List<ByteBuffer> fragments) throws IOException {
    for (ByteBuffer fragment : fragments) {
      delimiter(ITEM, even(fragment.remaining()));
      bytes(fragment, 1);
    }
    delimiter(END_OF_SEQUENCE, 0);
  }

  /**
   * @param width of a number, in bytes
   */
  private void bytes(ByteBuffer value, int width) throws IOException {
    ByteBuffer rest = value.duplicate();
    boolean turned = value.order() == ByteOrder.BIG_ENDIAN && width > 1;
    byte[] piece = new byte[Math.min(PIECE, rest.remaining())];
    while (rest.hasRemaining()) {
      int length = Math.min(piece.length, rest.remaining());
      rest.get(piece, 0, length);
      if (turned) {
        turn(piece, length, width);
      }
      out.write(piece, 0, length);
    }
    if (value.remaining() % 2 != 0) {
      out.write(0);
    }
  }

  private static void turn(byte[] bytes, int length, int width) {
    for (int start = 0; start + width <= length; start += width) {
      for (int i = 0; i < width / 2; i++) {
        byte first = bytes[start + i];
        bytes[start + i] = bytes[start + width - 1 - i];
        bytes[start + width - 1 - i] = first;
      }
    }
  }

  private void header(int tag, String representation, int length) throws IOException {
    // PS3.5, 6.2.2: a value that is too long for its representation is written as of none.
    boolean fits = LONG.contains(representation) || length <= MOST_SHORT;
    String written = fits ? representation : UNKNOWN;
    boolean isLong = LONG.contains(written);
    byte[] bytes = new byte[isLong ? 12 : 8];
    ByteBuffer header = begun(bytes, tag).put(written.getBytes(StandardCharsets.US_ASCII));
    if (isLong) {
      header.putShort((short) 0).putInt(length);
    } else {
      header.putShort((short) length);
    }
    out.write(bytes);
  }

  private void delimiter(int tag, int length) throws IOException {
    byte[] bytes = new byte[8];
    begun(bytes, tag).putInt(length);
    out.write(bytes);
  }

  private static ByteBuffer begun(byte[] header, int tag) {
    return ByteBuffer.wrap(header)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) (tag >>> Short.SIZE))
        .putShort((short) tag);
  }

  private static int even(int length) {
    return length + length % 2;
  }
}
