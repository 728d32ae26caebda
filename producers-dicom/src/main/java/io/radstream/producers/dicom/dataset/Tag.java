package io.radstream.producers.dicom.dataset;

import java.util.Set;

/** The attributes that are read, by the numbers of PS3.6: group in the upper half. */
public final class Tag {

  public static final int TRANSFER_SYNTAX_UID = 0x0002_0010;

  public static final int SPECIFIC_CHARACTER_SET = 0x0008_0005;
  public static final int SOP_CLASS_UID = 0x0008_0016;
  public static final int SOP_INSTANCE_UID = 0x0008_0018;
  public static final int STUDY_DATE = 0x0008_0020;
  public static final int ACQUISITION_DATE = 0x0008_0022;
  public static final int CONTENT_DATE = 0x0008_0023;
  public static final int ACQUISITION_DATE_TIME = 0x0008_002A;
  public static final int STUDY_TIME = 0x0008_0030;
  public static final int ACQUISITION_TIME = 0x0008_0032;
  public static final int CONTENT_TIME = 0x0008_0033;
  public static final int ACCESSION_NUMBER = 0x0008_0050;
  public static final int MODALITY = 0x0008_0060;
  public static final int CONVERSION_TYPE = 0x0008_0064;
  public static final int PRESENTATION_INTENT_TYPE = 0x0008_0068;
  public static final int MANUFACTURER = 0x0008_0070;
  public static final int INSTITUTION_NAME = 0x0008_0080;
  public static final int INSTITUTION_ADDRESS = 0x0008_0081;
  public static final int REFERRING_PHYSICIAN_NAME = 0x0008_0090;
  public static final int REFERRING_PHYSICIAN_ADDRESS = 0x0008_0092;
  public static final int REFERRING_PHYSICIAN_TELEPHONES = 0x0008_0094;
  public static final int CONSULTING_PHYSICIAN_NAME = 0x0008_009C;
  public static final int CODE_VALUE = 0x0008_0100;
  public static final int CODING_SCHEME = 0x0008_0102;
  public static final int CODE_MEANING = 0x0008_0104;
  public static final int STUDY_DESCRIPTION = 0x0008_1030;
  public static final int SERIES_DESCRIPTION = 0x0008_103E;
  public static final int INSTITUTIONAL_DEPARTMENT = 0x0008_1040;
  public static final int PHYSICIANS_OF_RECORD = 0x0008_1048;
  public static final int PERFORMING_PHYSICIAN_NAME = 0x0008_1050;
  public static final int READING_PHYSICIANS = 0x0008_1060;
  public static final int OPERATORS_NAME = 0x0008_1070;
  public static final int MODEL_NAME = 0x0008_1090;
  public static final int ANATOMIC_REGION_SEQUENCE = 0x0008_2218;

  public static final int PATIENT_NAME = 0x0010_0010;
  public static final int PATIENT_ID = 0x0010_0020;
  public static final int PATIENT_BIRTH_DATE = 0x0010_0030;
  public static final int OTHER_PATIENT_IDS = 0x0010_1000;
  public static final int OTHER_PATIENT_NAMES = 0x0010_1001;
  public static final int OTHER_PATIENT_IDS_SEQUENCE = 0x0010_1002;
  public static final int PATIENT_BIRTH_NAME = 0x0010_1005;
  public static final int PATIENT_ADDRESS = 0x0010_1040;
  public static final int INSURANCE_PLAN = 0x0010_1050;
  public static final int PATIENT_MOTHER_BIRTH_NAME = 0x0010_1060;
  public static final int MEDICAL_RECORD_LOCATOR = 0x0010_1090;
  public static final int REGION_OF_RESIDENCE = 0x0010_2152;
  public static final int PATIENT_TELEPHONES = 0x0010_2154;
  public static final int RESPONSIBLE_PERSON = 0x0010_2297;

  public static final int DEIDENTIFICATION_CODES = 0x0012_0064;

  public static final int BODY_PART_EXAMINED = 0x0018_0015;
  public static final int PROTOCOL_NAME = 0x0018_1030;
  public static final int MAGNIFICATION_FACTOR = 0x0018_1114;
  public static final int IMAGER_PIXEL_SPACING = 0x0018_1164;
  public static final int PROCESSING_DESCRIPTION = 0x0018_1400;
  public static final int NOMINAL_SCANNED_PIXEL_SPACING = 0x0018_2010;
  public static final int VIEW_POSITION = 0x0018_5101;

  public static final int STUDY_INSTANCE_UID = 0x0020_000D;
  public static final int SERIES_INSTANCE_UID = 0x0020_000E;
  public static final int STUDY_ID = 0x0020_0010;
  public static final int PATIENT_ORIENTATION = 0x0020_0020;
  public static final int LATERALITY = 0x0020_0060;
  public static final int IMAGE_LATERALITY = 0x0020_0062;

  public static final int SAMPLES_PER_PIXEL = 0x0028_0002;
  public static final int PHOTOMETRIC_INTERPRETATION = 0x0028_0004;
  public static final int PLANAR_CONFIGURATION = 0x0028_0006;
  public static final int NUMBER_OF_FRAMES = 0x0028_0008;
  public static final int ROWS = 0x0028_0010;
  public static final int COLUMNS = 0x0028_0011;
  public static final int PIXEL_SPACING = 0x0028_0030;
  public static final int PIXEL_ASPECT_RATIO = 0x0028_0034;
  public static final int BITS_ALLOCATED = 0x0028_0100;
  public static final int BITS_STORED = 0x0028_0101;
  public static final int HIGH_BIT = 0x0028_0102;
  public static final int PIXEL_REPRESENTATION = 0x0028_0103;
  public static final int PIXEL_PADDING_VALUE = 0x0028_0120;
  public static final int PIXEL_PADDING_RANGE_LIMIT = 0x0028_0121;
  public static final int BURNED_IN_ANNOTATION = 0x0028_0301;
  public static final int RECOGNIZABLE_VISUAL_FEATURES = 0x0028_0302;
  public static final int WINDOW_CENTER = 0x0028_1050;
  public static final int WINDOW_WIDTH = 0x0028_1051;
  public static final int RESCALE_INTERCEPT = 0x0028_1052;
  public static final int RESCALE_SLOPE = 0x0028_1053;
  public static final int VOI_LUT_FUNCTION = 0x0028_1056;
  public static final int RED_PALETTE_DESCRIPTOR = 0x0028_1101;
  public static final int RED_PALETTE_DATA = 0x0028_1201;
  public static final int MODALITY_LUT_SEQUENCE = 0x0028_3000;
  public static final int LUT_DESCRIPTOR = 0x0028_3002;
  public static final int LUT_DATA = 0x0028_3006;
  public static final int VOI_LUT_SEQUENCE = 0x0028_3010;

  public static final int REQUESTING_PHYSICIAN = 0x0032_1032;
  public static final int REQUESTED_PROCEDURE_DESCRIPTION = 0x0032_1060;
  public static final int ADMISSION_ID = 0x0038_0010;
  public static final int SERVICE_EPISODE_ID = 0x0038_0060;
  public static final int CURRENT_PATIENT_LOCATION = 0x0038_0300;
  public static final int PATIENT_RESIDENCE = 0x0038_0400;
  public static final int SCHEDULED_PHYSICIAN = 0x0040_0006;
  public static final int SCHEDULED_STEP_ID = 0x0040_0009;
  public static final int PERFORMED_STEP_ID = 0x0040_0253;
  public static final int PERFORMED_STEP_DESCRIPTION = 0x0040_0254;
  public static final int REQUESTED_PROCEDURE_ID = 0x0040_1001;
  public static final int INTENDED_RECIPIENTS = 0x0040_1010;
  public static final int PERSON_ADDRESS = 0x0040_1102;
  public static final int PERSON_TELEPHONES = 0x0040_1103;
  public static final int ORDER_ENTERED_BY = 0x0040_2008;
  public static final int ORDER_CALLBACK_TELEPHONE = 0x0040_2010;
  public static final int PLACER_ORDER_NUMBER = 0x0040_2016;
  public static final int FILLER_ORDER_NUMBER = 0x0040_2017;
  public static final int ENCAPSULATED_DOCUMENT = 0x0042_0011;
  public static final int VIEW_CODE_SEQUENCE = 0x0054_0220;
  public static final int PRESENTATION_LUT_SHAPE = 0x2050_0020;
  public static final int PIXEL_DATA = 0x7FE0_0010;

  /**
   * Where no value representation is written, nothing but its tag tells a sequence of known length
   * from bytes. Sequences that are not read may stay bytes.
   */
  static final Set<Integer> SEQUENCES =
      Set.of(
          ANATOMIC_REGION_SEQUENCE,
          OTHER_PATIENT_IDS_SEQUENCE,
          MODALITY_LUT_SEQUENCE,
          VOI_LUT_SEQUENCE,
          VIEW_CODE_SEQUENCE,
          // Of persons, procedures and requests: names and numbers may be inside.
          0x0008_0096,
          0x0008_1049,
          0x0008_1052,
          0x0008_1062,
          0x0008_1072,
          0x0040_0275,
          0x0032_1064);

  private Tag() {}

  /** As people write it, for example {@code (0028,0010)}. */
  public static String text(int tag) {
    return "(%04X,%04X)".formatted(tag >>> 16, tag & 0xFFFF);
  }
}
