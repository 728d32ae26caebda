package io.radstream.cli.phi;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Writes DICOM files in Explicit VR Little Endian (PS3.5 and PS3.10). */
final class DicomWriter {

  private static final String EXPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";
  private static final int PREAMBLE = 128;
  private static final Set<String> LONG_LENGTHS =
      Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

  private record Element(String vr, byte[] value) {}

  private final Map<Long, Element> elements = new TreeMap<>();

  DicomWriter put(int tag, String vr, byte[] value) {
    elements.put(Integer.toUnsignedLong(tag), new Element(vr, even(value, vr)));
    return this;
  }

  /** Text in UTF-8. */
  DicomWriter put(int tag, String vr, String value) {
    return put(tag, vr, value.getBytes(StandardCharsets.UTF_8));
  }

  DicomWriter putShort(int tag, int value) {
    return put(tag, "US", new byte[] {(byte) value, (byte) (value >> Byte.SIZE)});
  }

  /** A sequence of one item. */
  DicomWriter put(int tag, DicomWriter item) {
    byte[] content = item.dataSet();
    byte[] sequence = new byte[8 + content.length];
    little(sequence)
        .putShort((short) 0xFFFE)
        .putShort((short) 0xE000)
        .putInt(content.length)
        .put(content);
    return put(tag, "SQ", sequence);
  }

  boolean has(int tag) {
    return elements.containsKey(Integer.toUnsignedLong(tag));
  }

  /** A whole file. */
  byte[] file(String sopClass, String sopInstance) {
    DicomWriter meta =
        new DicomWriter()
            .put(0x00020001, "OB", new byte[] {0, 1})
            .put(0x00020002, "UI", sopClass)
            .put(0x00020003, "UI", sopInstance)
            .put(0x00020010, "UI", EXPLICIT_LITTLE_ENDIAN)
            .put(0x00020012, "UI", "2.25.1");
    byte[] header = meta.dataSet();
    byte[] length = new byte[Integer.BYTES];
    little(length).putInt(header.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[PREAMBLE]);
    out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new DicomWriter().put(0x00020000, "UL", length).dataSet());
    out.writeBytes(header);
    out.writeBytes(dataSet());
    return out.toByteArray();
  }

  private byte[] dataSet() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    elements.forEach((tag, element) -> write(tag, element, out));
    return out.toByteArray();
  }

  private static void write(long tag, Element element, ByteArrayOutputStream out) {
    boolean isLong = LONG_LENGTHS.contains(element.vr());
    byte[] bytes = new byte[isLong ? 12 : 8];
    ByteBuffer head = little(bytes);
    head.putShort((short) (tag >> Short.SIZE)).putShort((short) tag);
    head.put(element.vr().getBytes(StandardCharsets.US_ASCII));
    if (isLong) {
      head.putShort((short) 0).putInt(element.value().length);
    } else {
      head.putShort((short) element.value().length);
    }
    out.writeBytes(bytes);
    out.writeBytes(element.value());
  }

  private static byte[] even(byte[] value, String vr) {
    if (value.length % 2 == 0) {
      return value;
    }
    byte[] padded = Arrays.copyOf(value, value.length + 1);
    padded[value.length] =
        (byte) (vr.startsWith("O") || vr.equals("UI") || vr.equals("UN") ? 0 : ' ');
    return padded;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
