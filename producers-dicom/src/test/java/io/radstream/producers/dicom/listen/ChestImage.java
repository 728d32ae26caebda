package io.radstream.producers.dicom.listen;

import io.radstream.producers.dicom.DicomWriter;

/** A chest radiograph, or another one, as a modality sends it: without meta information. */
record ChestImage(String uid, String accession, String bodyPart, int side) {

  static final String DIGITAL_XRAY = "1.2.840.10008.5.1.4.1.1.1.1";
  static final String EXPLICIT_LITTLE = DicomWriter.EXPLICIT;

  static ChestImage of(String uid, String accession) {
    return new ChestImage(uid, accession, "CHEST", 40);
  }

  static ChestImage ofKnee(String uid) {
    return new ChestImage(uid, "A1", "KNEE", 40);
  }

  byte[] dataSet() {
    short[] cells = new short[side * side];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (short) (i % 4096);
    }
    return DicomWriter.chest(EXPLICIT_LITTLE)
        .text(0x0008_0018, "UI", uid)
        .text(0x0008_0050, "SH", accession)
        .text(0x0018_0015, "CS", bodyPart)
        .gray16(side, side, 12, cells)
        .dataset();
  }
}
