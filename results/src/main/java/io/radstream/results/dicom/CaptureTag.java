package io.radstream.results.dicom;

/** The attributes of a secondary capture that a report has not, by the numbers of PS3.6. */
final class CaptureTag {

  static final int IMAGE_TYPE = 0x0008_0008;
  static final int CONVERSION_TYPE = 0x0008_0064;
  static final int DERIVATION = 0x0008_2111;
  static final int PATIENT_ORIENTATION = 0x0020_0020;
  static final int LATERALITY = 0x0020_0060;
  static final int IMAGE_COMMENTS = 0x0020_4000;
  static final int SAMPLES_PER_PIXEL = 0x0028_0002;
  static final int PHOTOMETRIC = 0x0028_0004;
  static final int PLANAR = 0x0028_0006;
  static final int ROWS = 0x0028_0010;
  static final int COLUMNS = 0x0028_0011;
  static final int BITS_ALLOCATED = 0x0028_0100;
  static final int BITS_STORED = 0x0028_0101;
  static final int HIGH_BIT = 0x0028_0102;
  static final int REPRESENTATION = 0x0028_0103;
  static final int BURNED_IN = 0x0028_0301;
  static final int PIXELS = 0x7FE0_0010;

  private CaptureTag() {}
}
