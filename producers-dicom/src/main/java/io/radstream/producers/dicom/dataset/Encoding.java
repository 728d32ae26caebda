package io.radstream.producers.dicom.dataset;

/** How elements are written. */
enum Encoding {
  EXPLICIT_LITTLE(true, false),
  IMPLICIT_LITTLE(false, false),
  EXPLICIT_BIG(true, true);

  private final boolean explicit;
  private final boolean bigEndian;

  Encoding(boolean explicit, boolean bigEndian) {
    this.explicit = explicit;
    this.bigEndian = bigEndian;
  }

  /** Whether each element says its value representation. */
  boolean explicit() {
    return explicit;
  }

  boolean bigEndian() {
    return bigEndian;
  }
}
