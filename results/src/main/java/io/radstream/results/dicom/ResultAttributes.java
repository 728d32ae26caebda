package io.radstream.results.dicom;

import io.radstream.producers.dicom.edit.EditableDataset;
import io.radstream.producers.publish.KnownStudy;
import io.radstream.results.destination.Result;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What all objects of a result say: when it was scored, by what, and of which study. Patient's
 * name, date of birth and sex are left empty, since nothing here knows them.
 */
record ResultAttributes(Result result) {

  private static final int LONGEST_TEXT = 64;

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  void put(EditableDataset object) {
    object.put(SrTag.CHARACTER_SET, "CS", "ISO_IR 192");
    object.put(SrTag.CONTENT_DATE, "DA", DATE.format(result.time()));
    object.put(SrTag.CONTENT_TIME, "TM", TIME.format(result.time()));
    object.put(SrTag.TIMEZONE, "SH", "+0000");
    object.put(SrTag.MANUFACTURER, "LO", "Radstream");
    object.put(SrTag.MODEL_NAME, "LO", "Radstream");
    object.put(SrTag.SOFTWARE, "LO", cut(result.id().checkpointId(), LONGEST_TEXT));
    putStudy(object, result.study());
  }

  private static void putStudy(EditableDataset object, KnownStudy study) {
    object.put(SrTag.STUDY_UID, "UI", study.studyUid());
    object.put(SrTag.ACCESSION, "SH", study.accession());
    object.put(SrTag.PATIENT_ID, "LO", study.patientId());
    object.put(SrTag.PATIENT_NAME, "PN", "");
    object.put(SrTag.BIRTH_DATE, "DA", "");
    object.put(SrTag.SEX, "CS", "");
    object.put(SrTag.STUDY_DATE, "DA", "");
    object.put(SrTag.STUDY_TIME, "TM", "");
    object.put(SrTag.REFERRING_PHYSICIAN, "PN", "");
    object.put(SrTag.STUDY_ID, "SH", "");
  }

  /** As much of a text as an attribute takes. */
  static String cut(String text, int longest) {
    return text.substring(0, Math.min(text.length(), longest));
  }
}
