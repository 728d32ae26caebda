package io.radstream.results.dicom;

import io.radstream.producers.dicom.edit.EditableDataset;

/**
 * A coded concept.
 *
 * @param scheme as PS3.16 or the site calls it
 */
record Code(String value, String scheme, String meaning) {

  /** Of concepts that no standard scheme has, as findings that a site names itself. */
  static final String OWN = "99RADSTREAM";

  private static final int LONGEST_SHORT = 16;
  private static final int LONGEST_MEANING = 64;

  /** A concept of PS3.16. */
  static Code dcm(String value, String meaning) {
    return new Code(value, "DCM", meaning);
  }

  /** What a site calls something; the name is its code. */
  static Code own(String name) {
    return new Code(name, OWN, name);
  }

  EditableDataset item() {
    EditableDataset item = new EditableDataset();
    if (value.length() <= LONGEST_SHORT) {
      item.put(SrTag.CODE_VALUE, "SH", value);
    } else {
      item.put(SrTag.LONG_CODE_VALUE, "UC", value);
    }
    item.put(SrTag.CODING_SCHEME, "SH", scheme);
    item.put(
        SrTag.CODE_MEANING,
        "LO",
        meaning.substring(0, Math.min(meaning.length(), LONGEST_MEANING)));
    return item;
  }
}
