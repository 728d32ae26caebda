package io.radstream.producers.dicom.dataset;

/**
 * How elements are written.
 *
 * @param explicit whether each says its value representation
 */
record Encoding(boolean explicit, boolean bigEndian) {

  static final Encoding EXPLICIT_LITTLE = new Encoding(true, false);
  static final Encoding IMPLICIT_LITTLE = new Encoding(false, false);
  static final Encoding EXPLICIT_BIG = new Encoding(true, true);
}
