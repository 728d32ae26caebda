package io.radstream.producers.dicom.write;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What PS3.10 wants in front of a data set that is a file: preamble and meta information. The same
 * instance gets the same, whoever sends it.
 */
public final class FileMeta {

  /** A UUID of our own under the root that needs no registration, PS3.5 annex B.2. */
  public static final String IMPLEMENTATION_CLASS = "2.25.248896122563171063229037406909278258825";

  public static final String IMPLEMENTATION_NAME = "RADSTREAM";

  private static final int PREAMBLE = 128;
  private static final int META_GROUP = 0x0002;
  private static final int LENGTH_ELEMENT = 12;

  private final ByteArrayOutputStream elements = new ByteArrayOutputStream();

  private FileMeta() {}

  public static byte[] of(String sopClass, String sopInstance, String transferSyntax) {
    FileMeta meta = new FileMeta();
    meta.version();
    meta.text(0x0002, "UI", sopClass, '\0');
    meta.text(0x0003, "UI", sopInstance, '\0');
    meta.text(0x0010, "UI", transferSyntax, '\0');
    meta.text(0x0012, "UI", IMPLEMENTATION_CLASS, '\0');
    meta.text(0x0013, "SH", IMPLEMENTATION_NAME, ' ');
    return meta.file();
  }

  private byte[] file() {
    int length = PREAMBLE + 4 + LENGTH_ELEMENT + elements.size();
    ByteBuffer file = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    file.position(PREAMBLE);
    file.put(ascii("DICM"));
    file.put(header(0x0000, "UL", 4)).putInt(elements.size());
    return file.put(elements.toByteArray()).array();
  }

  private void version() {
    // OB has a longer header than the others: two reserved bytes, four of length.
    elements.writeBytes(header(0x0001, "OB", 0));
    elements.writeBytes(new byte[] {2, 0, 0, 0, 0, 1});
  }

  private void text(int element, String vr, String text, char padding) {
    byte[] value = ascii(text.length() % 2 == 0 ? text : text + padding);
    elements.writeBytes(header(element, vr, value.length));
    elements.writeBytes(value);
  }

  private static byte[] header(int element, String vr, int length) {
    ByteBuffer header = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    header.putShort((short) META_GROUP).putShort((short) element).put(ascii(vr));
    return header.putShort((short) length).array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
