package io.radstream.results.dicom;

/** The attributes of a structured report that are written, by the numbers of PS3.6. */
final class SrTag {

  static final int CHARACTER_SET = 0x0008_0005;
  static final int SOP_CLASS = 0x0008_0016;
  static final int SOP_INSTANCE = 0x0008_0018;
  static final int STUDY_DATE = 0x0008_0020;
  static final int CONTENT_DATE = 0x0008_0023;
  static final int STUDY_TIME = 0x0008_0030;
  static final int CONTENT_TIME = 0x0008_0033;
  static final int ACCESSION = 0x0008_0050;
  static final int MODALITY = 0x0008_0060;
  static final int MANUFACTURER = 0x0008_0070;
  static final int REFERRING_PHYSICIAN = 0x0008_0090;
  static final int CODE_VALUE = 0x0008_0100;
  static final int CODING_SCHEME = 0x0008_0102;
  static final int CODE_MEANING = 0x0008_0104;
  static final int MAPPING_RESOURCE = 0x0008_0105;
  static final int LONG_CODE_VALUE = 0x0008_0119;
  static final int TIMEZONE = 0x0008_0201;
  static final int SERIES_DESCRIPTION = 0x0008_103E;
  static final int MODEL_NAME = 0x0008_1090;
  static final int PERFORMED_STEPS = 0x0008_1111;
  static final int REFERENCED_SERIES = 0x0008_1115;
  static final int REFERENCED_SOP_CLASS = 0x0008_1150;
  static final int REFERENCED_SOP_INSTANCE = 0x0008_1155;
  static final int REFERENCED_SOP = 0x0008_1199;
  static final int PATIENT_NAME = 0x0010_0010;
  static final int PATIENT_ID = 0x0010_0020;
  static final int BIRTH_DATE = 0x0010_0030;
  static final int SEX = 0x0010_0040;
  static final int SOFTWARE = 0x0018_1020;
  static final int STUDY_UID = 0x0020_000D;
  static final int SERIES_UID = 0x0020_000E;
  static final int STUDY_ID = 0x0020_0010;
  static final int SERIES_NUMBER = 0x0020_0011;
  static final int INSTANCE_NUMBER = 0x0020_0013;
  static final int UNITS = 0x0040_08EA;
  static final int RELATIONSHIP = 0x0040_A010;
  static final int VALUE_TYPE = 0x0040_A040;
  static final int CONCEPT_NAME = 0x0040_A043;
  static final int CONTINUITY = 0x0040_A050;
  static final int UID = 0x0040_A124;
  static final int TEXT_VALUE = 0x0040_A160;
  static final int CONCEPT_CODE = 0x0040_A168;
  static final int MEASURED_VALUE = 0x0040_A300;
  static final int NUMERIC_VALUE = 0x0040_A30A;
  static final int PROCEDURE_CODES = 0x0040_A372;
  static final int EVIDENCE = 0x0040_A375;
  static final int COMPLETION = 0x0040_A491;
  static final int VERIFICATION = 0x0040_A493;
  static final int PRELIMINARY = 0x0040_A496;
  static final int TEMPLATE = 0x0040_A504;
  static final int CONTENT = 0x0040_A730;
  static final int TEMPLATE_ID = 0x0040_DB00;

  private SrTag() {}
}
