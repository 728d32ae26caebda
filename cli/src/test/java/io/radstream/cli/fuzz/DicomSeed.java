package io.radstream.cli.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Good DICOM, as small as may be, with canaries in its texts. */
final class DicomSeed {

  private static final int SIDE = 40;
  private static final int UNDEFINED = -1;
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";
  private static final String RUN_LENGTHS = "1.2.840.10008.1.2.5";
  private static final int DEPTH = 12;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private DicomSeed() {}

  /** A radiograph in explicit little endian. */
  static byte[] plain() {
    return file(EXPLICIT).description().pixels(new byte[SIDE * SIDE], SIDE * SIDE).bytes();
  }

  /** The same with sequences in sequences. */
  static byte[] nested() {
    DicomSeed seed = file(EXPLICIT).description();
    for (int i = 0; i < DEPTH; i++) {
      seed.head(0x0040_0275, "SQ", 12, UNDEFINED).item(0xFFFE_E000, UNDEFINED);
      seed.text(0x0008_0100, "SH", Target.CANARY);
    }
    for (int i = 0; i < DEPTH; i++) {
      seed.item(0xFFFE_E00D, 0).item(0xFFFE_E0DD, 0);
    }
    return seed.pixels(new byte[SIDE * SIDE], SIDE * SIDE).bytes();
  }

  /** The same with its picture in run lengths. */
  static byte[] fragments() {
    ByteArrayOutputStream runs = new ByteArrayOutputStream();
    runs.writeBytes(
        ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putInt(1).putInt(64).array());
    for (int i = 0; i < SIDE * SIDE / 128 + 1; i++) {
      runs.write(-127);
      runs.write(i);
    }
    byte[] frame = runs.toByteArray();
    DicomSeed seed = file(RUN_LENGTHS).description().head(0x7FE0_0010, "OB", 12, UNDEFINED);
    seed.item(0xFFFE_E000, 0).item(0xFFFE_E000, frame.length);
    seed.out.writeBytes(frame);
    return seed.item(0xFFFE_E0DD, 0).bytes();
  }

  static byte[] associateRequest() {
    byte[] syntax = item(0x30, "1.2.840.10008.5.1.4.1.1.1.1".getBytes(StandardCharsets.US_ASCII));
    byte[] transfer = item(0x40, EXPLICIT.getBytes(StandardCharsets.US_ASCII));
    byte[] context = item(0x20, joined(new byte[] {1, 0, 0, 0}, syntax, transfer));
    byte[] length = item(0x51, new byte[] {0, 0, 0x40, 0});
    byte[] names = (Target.CANARY + " ".repeat(26)).getBytes(StandardCharsets.US_ASCII);
    byte[] body =
        joined(
            new byte[] {0, 1, 0, 0},
            names,
            new byte[32],
            item(0x10, "1.2.840.10008.3.1.1.1".getBytes(StandardCharsets.US_ASCII)),
            context,
            item(0x50, length));
    return pdu(1, body);
  }

  static byte[] data() {
    byte[] fragment = Target.CANARY.getBytes(StandardCharsets.US_ASCII);
    return pdu(4, joined(new byte[] {0, 0, 0, (byte) (fragment.length + 2), 1, 3}, fragment));
  }

  private static byte[] pdu(int type, byte[] body) {
    return joined(
        ByteBuffer.allocate(6).put((byte) type).put((byte) 0).putInt(body.length).array(), body);
  }

  private static byte[] item(int type, byte[] content) {
    return joined(
        ByteBuffer.allocate(4)
            .put((byte) type)
            .put((byte) 0)
            .putShort((short) content.length)
            .array(),
        content);
  }

  private static byte[] joined(byte[]... pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      all.writeBytes(piece);
    }
    return all.toByteArray();
  }

  private static DicomSeed file(String syntax) {
    DicomSeed seed = new DicomSeed();
    seed.out.writeBytes(new byte[128]);
    seed.out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    return seed.text(0x0002_0010, "UI", syntax);
  }

  private DicomSeed description() {
    return text(0x0008_0005, "CS", "ISO_IR 100")
        .text(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.1.1")
        .text(0x0008_0018, "UI", "1.2.3.4.5")
        .text(0x0008_0050, "SH", Target.CANARY)
        .text(0x0008_0060, "CS", "DX")
        .text(0x0010_0010, "PN", Target.CANARY + "^" + Target.CANARY)
        .text(0x0010_0020, "LO", Target.CANARY)
        .text(0x0018_0015, "CS", "CHEST")
        .text(0x0020_000D, "UI", "1.2.3")
        .number(0x0028_0002, 1)
        .text(0x0028_0004, "CS", "MONOCHROME2")
        .number(0x0028_0010, SIDE)
        .number(0x0028_0011, SIDE)
        .number(0x0028_0100, 8)
        .number(0x0028_0101, 8)
        .number(0x0028_0102, 7)
        .number(0x0028_0103, 0)
        .text(0x0028_1050, "DS", "128")
        .text(0x0028_1051, "DS", "256");
  }

  private DicomSeed pixels(byte[] pixels, int length) {
    head(0x7FE0_0010, "OB", 12, length);
    out.writeBytes(pixels);
    return this;
  }

  private DicomSeed text(int tag, String vr, String text) {
    String even = text.length() % 2 == 0 ? text : text + (vr.equals("UI") ? "\0" : " ");
    head(tag, vr, 8, even.length());
    out.writeBytes(even.getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  private DicomSeed number(int tag, int number) {
    head(tag, "US", 8, 2);
    out.write(number);
    out.write(number >>> 8);
    return this;
  }

  private DicomSeed head(int tag, String vr, int bytes, int length) {
    ByteBuffer head =
        ByteBuffer.allocate(bytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort((short) (tag >>> 16))
            .putShort((short) tag)
            .put(vr.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes((bytes == 8 ? head.putShort((short) length) : head.putInt(8, length)).array());
    return this;
  }

  private DicomSeed item(int tag, int length) {
    out.writeBytes(
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort((short) (tag >>> 16))
            .putShort((short) tag)
            .putInt(length)
            .array());
    return this;
  }

  private byte[] bytes() {
    return out.toByteArray();
  }
}
