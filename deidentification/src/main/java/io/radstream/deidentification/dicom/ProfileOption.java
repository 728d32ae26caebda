package io.radstream.deidentification.dicom;

/** The options of PS3.15 Annex E that change what becomes of an attribute. */
public enum ProfileOption {
  SAFE_PRIVATE("safe-private"),
  UIDS("uids"),
  DEVICE("device"),
  INSTITUTION("institution"),
  PATIENT("patient"),
  FULL_DATES("full-dates"),
  MODIFIED_DATES("modified-dates"),
  DESCRIPTORS("descriptors"),
  STRUCTURED_CONTENT("structured-content"),
  GRAPHICS("graphics");

  private final String column;

  ProfileOption(String column) {
    this.column = column;
  }

  /** Its heading in the table. */
  String column() {
    return column;
  }

  /** Whether it lets dates and times stay, as they are or moved. */
  boolean isOfTime() {
    return this == FULL_DATES || this == MODIFIED_DATES;
  }
}
