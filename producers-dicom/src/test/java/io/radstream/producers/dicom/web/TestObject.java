package io.radstream.producers.dicom.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A small radiograph that an archive of a test keeps. */
record TestObject(
    String patient,
    String accession,
    String study,
    String series,
    String instance,
    String modality,
    String date,
    int side) {

  private static final String DIGITAL = "1.2.840.10008.5.1.4.1.1.1.1";
  private static final String EXPLICIT_LITTLE = "1.2.840.10008.1.2.1";

  /**
   * The instance of this number in the study of that number, each study of a patient of its own.
   */
  static TestObject of(int study, int instance) {
    String uid = "1.2.826.0." + study;
    return new TestObject(
        "P" + study,
        "A" + study,
        uid,
        uid + ".1",
        uid + ".1." + instance,
        "DX",
        "20260302",
        48 + 8 * instance);
  }

  TestObject withAccession(String other) {
    return new TestObject(patient, other, study, series, instance, modality, date, side);
  }

  TestObject inSeries(String other, String ofModality) {
    return new TestObject(patient, accession, study, other, instance, ofModality, date, side);
  }

  TestObject at(String day) {
    return new TestObject(patient, accession, study, series, instance, modality, day, side);
  }

  TestObject inStudy(String other) {
    return new TestObject(patient, accession, other, series, instance, modality, date, side);
  }

  /** Preamble, meta information and data set in explicit little endian. */
  byte[] file() {
    ByteArrayOutputStream meta = new ByteArrayOutputStream();
    element(meta, 0x0002, 0x0002, "UI", uid(DIGITAL));
    element(meta, 0x0002, 0x0003, "UI", uid(instance));
    element(meta, 0x0002, 0x0010, "UI", uid(EXPLICIT_LITTLE));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[128]);
    file.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    element(file, 0x0002, 0x0000, "UL", little(meta.size(), 4));
    file.writeBytes(meta.toByteArray());
    dataset(file);
    return file.toByteArray();
  }

  private void dataset(ByteArrayOutputStream file) {
    element(file, 0x0008, 0x0016, "UI", uid(DIGITAL));
    element(file, 0x0008, 0x0018, "UI", uid(instance));
    element(file, 0x0008, 0x0020, "DA", text(date));
    element(file, 0x0008, 0x0050, "SH", text(accession));
    element(file, 0x0008, 0x0060, "CS", text(modality));
    element(file, 0x0010, 0x0020, "LO", text(patient));
    element(file, 0x0018, 0x0015, "CS", text("CHEST"));
    element(file, 0x0018, 0x5101, "CS", text("PA"));
    element(file, 0x0020, 0x000D, "UI", uid(study));
    element(file, 0x0020, 0x000E, "UI", uid(series));
    element(file, 0x0028, 0x0002, "US", number(1));
    element(file, 0x0028, 0x0004, "CS", text("MONOCHROME2"));
    element(file, 0x0028, 0x0010, "US", number(side));
    element(file, 0x0028, 0x0011, "US", number(side));
    element(file, 0x0028, 0x0100, "US", number(8));
    element(file, 0x0028, 0x0101, "US", number(8));
    element(file, 0x0028, 0x0102, "US", number(7));
    element(file, 0x0028, 0x0103, "US", number(0));
    element(file, 0x7FE0, 0x0010, "OB", pixels());
  }

  private byte[] pixels() {
    byte[] pixels = new byte[side * side];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31 + instance.hashCode());
    }
    return pixels;
  }

  private static void element(
      ByteArrayOutputStream out, int group, int number, String vr, byte[] value) {
    out.writeBytes(little(group, 2));
    out.writeBytes(little(number, 2));
    out.writeBytes(vr.getBytes(StandardCharsets.US_ASCII));
    boolean wide = vr.equals("OB");
    out.writeBytes(wide ? new byte[2] : new byte[0]);
    out.writeBytes(little(value.length, wide ? 4 : 2));
    out.writeBytes(value);
  }

  private static byte[] little(int value, int bytes) {
    byte[] little = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      little[i] = (byte) (value >>> (8 * i));
    }
    return little;
  }

  private static byte[] number(int value) {
    return little(value, 2);
  }

  private static byte[] text(String value) {
    return padded(value, ' ');
  }

  private static byte[] uid(String value) {
    return padded(value, '\0');
  }

  private static byte[] padded(String value, char filler) {
    String even = value.length() % 2 == 0 ? value : value + filler;
    return even.getBytes(StandardCharsets.US_ASCII);
  }
}
