package io.radstream.cli;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A digital radiograph in DICOM, explicit little endian, as small as may be. */
record SmallRadiograph(String number, String bodyPart, String accession) {

  static final int SIDE = 64;
  static final String SYNTAX = "1.2.840.10008.1.2.1";

  /** Of study ACCn. */
  SmallRadiograph(String number, String bodyPart) {
    this(number, bodyPart, "ACC" + number);
  }

  String instance() {
    return "1.2.3.4." + number;
  }

  byte[] file() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[128]);
    file.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    text(file, 0x0002_0010, "UI", SYNTAX);
    file.writeBytes(dataSet());
    return file.toByteArray();
  }

  byte[] dataSet() {
    byte[] gray = new byte[SIDE * SIDE];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = (byte) (i * Integer.parseInt(number));
    }
    ByteArrayOutputStream set = new ByteArrayOutputStream();
    text(set, 0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.1.1");
    text(set, 0x0008_0018, "UI", instance());
    text(set, 0x0008_0050, "SH", accession);
    text(set, 0x0008_0060, "CS", "DX");
    text(set, 0x0010_0020, "LO", "P" + number);
    text(set, 0x0018_0015, "CS", bodyPart);
    text(set, 0x0020_000D, "UI", "1.2.3." + number);
    text(set, 0x0020_000E, "UI", "1.2.3.4.0." + number);
    text(set, 0x0028_0004, "CS", "MONOCHROME2");
    number(set, 0x0028_0010, SIDE);
    number(set, 0x0028_0011, SIDE);
    number(set, 0x0028_0100, 8);
    set.writeBytes(header(0x7FE0_0010, "OB", 12).putInt(8, gray.length).array());
    set.writeBytes(gray);
    return set.toByteArray();
  }

  private static void text(ByteArrayOutputStream set, int tag, String vr, String text) {
    String even = text.length() % 2 == 0 ? text : text + (vr.equals("UI") ? "\0" : " ");
    set.writeBytes(header(tag, vr, 8).putShort(6, (short) even.length()).array());
    set.writeBytes(even.getBytes(StandardCharsets.US_ASCII));
  }

  private static void number(ByteArrayOutputStream set, int tag, int number) {
    set.writeBytes(
        header(tag, "US", 10).putShort(6, (short) 2).putShort(8, (short) number).array());
  }

  private static ByteBuffer header(int tag, String vr, int bytes) {
    return ByteBuffer.allocate(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) (tag >>> 16))
        .putShort((short) tag)
        .put(vr.getBytes(StandardCharsets.US_ASCII));
  }
}
