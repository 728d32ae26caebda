package io.radstream.producers.dicom.dataset;

import static io.radstream.producers.dicom.dataset.TransferSyntax.Packing.JPEG;
import static io.radstream.producers.dicom.dataset.TransferSyntax.Packing.JPEG_2000;
import static io.radstream.producers.dicom.dataset.TransferSyntax.Packing.JPEG_LS;
import static io.radstream.producers.dicom.dataset.TransferSyntax.Packing.NATIVE;
import static io.radstream.producers.dicom.dataset.TransferSyntax.Packing.RLE;

import java.util.Arrays;
import java.util.Optional;

/** The ways of writing a file that are read. */
public enum TransferSyntax {
  IMPLICIT_LITTLE("1.2.840.10008.1.2", Encoding.IMPLICIT_LITTLE, NATIVE),
  EXPLICIT_LITTLE("1.2.840.10008.1.2.1", Encoding.EXPLICIT_LITTLE, NATIVE),
  ENCAPSULATED_NATIVE("1.2.840.10008.1.2.1.98", Encoding.EXPLICIT_LITTLE, NATIVE),
  DEFLATED("1.2.840.10008.1.2.1.99", Encoding.EXPLICIT_LITTLE, NATIVE),
  EXPLICIT_BIG("1.2.840.10008.1.2.2", Encoding.EXPLICIT_BIG, NATIVE),
  JPEG_BASELINE("1.2.840.10008.1.2.4.50", Encoding.EXPLICIT_LITTLE, JPEG),
  JPEG_EXTENDED("1.2.840.10008.1.2.4.51", Encoding.EXPLICIT_LITTLE, JPEG),
  JPEG_LOSSLESS("1.2.840.10008.1.2.4.57", Encoding.EXPLICIT_LITTLE, JPEG),
  JPEG_LOSSLESS_FIRST_ORDER("1.2.840.10008.1.2.4.70", Encoding.EXPLICIT_LITTLE, JPEG),
  JPEG_LS_LOSSLESS("1.2.840.10008.1.2.4.80", Encoding.EXPLICIT_LITTLE, JPEG_LS),
  JPEG_LS_NEAR_LOSSLESS("1.2.840.10008.1.2.4.81", Encoding.EXPLICIT_LITTLE, JPEG_LS),
  JPEG_2000_LOSSLESS("1.2.840.10008.1.2.4.90", Encoding.EXPLICIT_LITTLE, JPEG_2000),
  JPEG_2000_ANY("1.2.840.10008.1.2.4.91", Encoding.EXPLICIT_LITTLE, JPEG_2000),
  RUN_LENGTHS("1.2.840.10008.1.2.5", Encoding.EXPLICIT_LITTLE, RLE);

  /** How pixels are packed. */
  public enum Packing {
    NATIVE,
    RLE,
    JPEG,
    JPEG_LS,
    JPEG_2000
  }

  private final String uid;
  private final Encoding encoding;
  private final Packing packing;

  TransferSyntax(String uid, Encoding encoding, Packing packing) {
    this.uid = uid;
    this.encoding = encoding;
    this.packing = packing;
  }

  static Optional<TransferSyntax> of(String uid) {
    return Arrays.stream(values()).filter(syntax -> syntax.uid.equals(uid)).findFirst();
  }

  Encoding encoding() {
    return encoding;
  }

  public Packing packing() {
    return packing;
  }

  public String uid() {
    return uid;
  }
}
