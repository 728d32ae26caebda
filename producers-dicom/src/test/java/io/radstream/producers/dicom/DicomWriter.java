package io.radstream.producers.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;

/**
 * Writes DICOM files for tests. Elements come out in the order of their tags, whatever the order in
 * which they were set; setting one again replaces it.
 */
public final class DicomWriter {

  public static final String IMPLICIT = "1.2.840.10008.1.2";
  public static final String EXPLICIT = "1.2.840.10008.1.2.1";
  public static final String DEFLATED = "1.2.840.10008.1.2.1.99";
  public static final String BIG_ENDIAN = "1.2.840.10008.1.2.2";

  private static final int UNDEFINED = -1;
  private static final List<String> LONG =
      List.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

  private record Element(String vr, byte[] value, int length) {}

  private final String syntax;
  private final Map<Integer, Element> elements = new TreeMap<>(Integer::compareUnsigned);

  public DicomWriter(String syntax) {
    this.syntax = syntax;
  }

  /** A chest radiograph by its header, without pixels. */
  public static DicomWriter chest(String syntax) {
    return new DicomWriter(syntax)
        .text(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.1.1")
        .text(0x0008_0018, "UI", "1.2.3.4.5.1")
        .text(0x0008_0050, "SH", "ACC1")
        .text(0x0008_0060, "CS", "DX")
        .text(0x0010_0010, "PN", "Beispiel^Anna")
        .text(0x0010_0020, "LO", "P-17")
        .text(0x0018_0015, "CS", "CHEST")
        .text(0x0020_000D, "UI", "1.2.3.4.5")
        .text(0x0020_000E, "UI", "1.2.3.4.6");
  }

  /** With a gray picture of 16 bits a cell. */
  public DicomWriter gray16(int width, int height, int bits, short[] cells) {
    ByteBuffer bytes = ByteBuffer.allocate(cells.length * 2).order(order());
    bytes.asShortBuffer().put(cells);
    return picture(width, height, 1, 16, bits, "MONOCHROME2")
        .bytes(0x7FE0_0010, "OW", bytes.array());
  }

  /** With a gray picture of 8 bits. */
  public DicomWriter gray8(int width, int height, byte[] cells) {
    byte[] stored = cells.clone();
    if (syntax.equals(BIG_ENDIAN)) {
      for (int i = 0; i + 1 < stored.length; i += 2) {
        stored[i] = cells[i + 1];
        stored[i + 1] = cells[i];
      }
    }
    return picture(width, height, 1, 8, 8, "MONOCHROME2").bytes(0x7FE0_0010, "OW", stored);
  }

  /** The description of a picture. */
  public DicomWriter picture(
      int width, int height, int samples, int allocated, int stored, String photometric) {
    return shorts(0x0028_0002, samples)
        .text(0x0028_0004, "CS", photometric)
        .shorts(0x0028_0010, height)
        .shorts(0x0028_0011, width)
        .shorts(0x0028_0100, allocated)
        .shorts(0x0028_0101, stored)
        .shorts(0x0028_0102, stored - 1)
        .shorts(0x0028_0103, 0);
  }

  public DicomWriter text(int tag, String vr, String text) {
    return text(tag, vr, text, StandardCharsets.ISO_8859_1);
  }

  public DicomWriter text(int tag, String vr, String text, Charset charset) {
    return bytes(tag, vr, padded(text.getBytes(charset), vr.equals("UI") ? 0 : ' '));
  }

  public DicomWriter shorts(int tag, int... values) {
    return bytes(tag, "US", shortBytes(values));
  }

  public DicomWriter bytes(int tag, String vr, byte[] value) {
    byte[] padded = padded(value, 0);
    elements.put(tag, new Element(vr, padded, padded.length));
    return this;
  }

  /** With a length that is none of its own. */
  public DicomWriter lying(int tag, String vr, byte[] value, int length) {
    elements.put(tag, new Element(vr, value, length));
    return this;
  }

  /** A sequence; items and itself with their lengths, or with delimiters. */
  public DicomWriter sequence(int tag, boolean delimited, DicomWriter... items) {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    for (DicomWriter item : items) {
      byte[] content = item.dataset();
      value.writeBytes(item(0xFFFE_E000, delimited ? UNDEFINED : content.length));
      value.writeBytes(content);
      if (delimited) {
        value.writeBytes(item(0xFFFE_E00D, 0));
      }
    }
    if (delimited) {
      value.writeBytes(item(0xFFFE_E0DD, 0));
    }
    byte[] bytes = value.toByteArray();
    elements.put(tag, new Element("SQ", bytes, delimited ? UNDEFINED : bytes.length));
    return this;
  }

  /** Compressed pixel data: a table of offsets, maybe empty, and pieces. */
  public DicomWriter fragments(int[] offsets, byte[]... pieces) {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    ByteBuffer table =
        ByteBuffer.allocate(offsets.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    table.asIntBuffer().put(offsets);
    List<byte[]> all = new ArrayList<>(List.of(table.array()));
    all.addAll(List.of(pieces));
    for (byte[] piece : all) {
      byte[] padded = padded(piece, 0);
      value.writeBytes(item(0xFFFE_E000, padded.length));
      value.writeBytes(padded);
    }
    value.writeBytes(item(0xFFFE_E0DD, 0));
    elements.put(0x7FE0_0010, new Element("OB", value.toByteArray(), UNDEFINED));
    return this;
  }

  public DicomWriter without(int tag) {
    elements.remove(tag);
    return this;
  }

  /** The data set alone. */
  public byte[] dataset() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    elements.forEach(
        (tag, element) -> {
          bytes.writeBytes(header(tag, element, !syntax.equals(IMPLICIT), order()));
          bytes.writeBytes(element.value());
        });
    return bytes.toByteArray();
  }

  /** A whole file. */
  public byte[] file() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[128]);
    file.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    metaElement(file, 0x0002_0000, "UL", new byte[] {0, 0, 0, 0});
    metaElement(file, 0x0002_0001, "OB", new byte[] {0, 1});
    metaElement(file, 0x0002_0010, "UI", padded(syntax.getBytes(StandardCharsets.US_ASCII), 0));
    byte[] dataset = dataset();
    file.writeBytes(syntax.equals(DEFLATED) ? deflated(dataset) : dataset);
    return withGroupLength(file.toByteArray());
  }

  /** What another program wants to know before it reads the group. */
  private byte[] withGroupLength(byte[] file) {
    int uid = padded(syntax.getBytes(StandardCharsets.US_ASCII), 0).length;
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(140, 14 + 8 + uid);
    return file;
  }

  public static byte[] deflated(byte[] bytes) {
    return deflated(bytes, 1);
  }

  /** Very many bytes in few. */
  public static byte[] deflatedZeros(int megabytes) {
    return deflated(new byte[1 << 20], megabytes);
  }

  private static byte[] deflated(byte[] bytes, int times) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    for (int i = 0; i < times; i++) {
      deflater.setInput(bytes);
      while (!deflater.needsInput()) {
        result.write(buffer, 0, deflater.deflate(buffer));
      }
    }
    deflater.finish();
    while (!deflater.finished()) {
      result.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return padded(result.toByteArray(), 0);
  }

  private static void metaElement(ByteArrayOutputStream file, int tag, String vr, byte[] value) {
    file.writeBytes(
        header(tag, new Element(vr, value, value.length), true, ByteOrder.LITTLE_ENDIAN));
    file.writeBytes(value);
  }

  private static byte[] header(int tag, Element element, boolean explicit, ByteOrder order) {
    ByteBuffer header = ByteBuffer.allocate(12).order(order);
    header.putShort((short) (tag >>> 16)).putShort((short) tag);
    if (!explicit) {
      return slice(header.putInt(element.length()));
    }
    header.put(element.vr().getBytes(StandardCharsets.US_ASCII));
    if (LONG.contains(element.vr())) {
      return slice(header.putShort((short) 0).putInt(element.length()));
    }
    return slice(header.putShort((short) element.length()));
  }

  private byte[] item(int tag, int length) {
    ByteBuffer header = ByteBuffer.allocate(8).order(order());
    return header.putShort((short) (tag >>> 16)).putShort((short) tag).putInt(length).array();
  }

  private byte[] shortBytes(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Short.BYTES).order(order());
    for (int value : values) {
      bytes.putShort((short) value);
    }
    return bytes.array();
  }

  private ByteOrder order() {
    return syntax.equals(BIG_ENDIAN) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  private static byte[] slice(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return bytes;
  }

  private static byte[] padded(byte[] bytes, int with) {
    if (bytes.length % 2 == 0) {
      return bytes;
    }
    byte[] padded = Arrays.copyOf(bytes, bytes.length + 1);
    padded[bytes.length] = (byte) with;
    return padded;
  }
}
