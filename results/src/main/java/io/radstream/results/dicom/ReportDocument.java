package io.radstream.results.dicom;

import io.radstream.producers.dicom.dataset.TransferSyntax;
import io.radstream.producers.dicom.edit.EditableDataset;
import io.radstream.producers.dicom.write.DatasetWriter;
import io.radstream.producers.dicom.write.FileMeta;
import io.radstream.producers.publish.KnownStudy;
import io.radstream.producers.publish.KnownStudy.KnownImage;
import io.radstream.results.destination.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A result as a Comprehensive SR document of the study that it is of. Patient's name, date of birth
 * and sex are left empty, since nothing here knows them: the archive does, by the patient's number.
 */
final class ReportDocument {

  /** Comprehensive SR Storage. */
  static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.88.33";

  static final String TRANSFER_SYNTAX = TransferSyntax.EXPLICIT_LITTLE.uid();

  private static final Pattern UID = Pattern.compile("[0-9.]{1,64}");
  private static final int LONGEST_TEXT = 64;

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Result result;
  private final String instance;
  private final byte[] dataSet;

  private ReportDocument(Result result) {
    this.result = result;
    this.instance = result.id().uid("document");
    this.dataSet = written();
  }

  /** Empty where no study UID is known: no archive knows where it belongs. */
  static Optional<ReportDocument> of(Result result) {
    return isUid(result.study().studyUid())
        ? Optional.of(new ReportDocument(result))
        : Optional.empty();
  }

  String instance() {
    return instance;
  }

  /** As it goes through an association. */
  byte[] dataSet() {
    return dataSet.clone();
  }

  /** As a file of PS3.10. */
  byte[] file() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(FileMeta.of(SOP_CLASS, instance, TRANSFER_SYNTAX));
    file.writeBytes(dataSet);
    return file.toByteArray();
  }

  private static boolean isUid(String text) {
    return UID.matcher(text).matches();
  }

  private byte[] written() {
    List<KnownImage> images =
        result.study().images().stream()
            .filter(it -> isUid(it.sopClass()) && isUid(it.seriesUid()) && isUid(it.instanceUid()))
            .toList();
    EditableDataset document = new MeasurementReport(result, images).root();
    putGeneral(document);
    putStudy(document, result.study());
    if (!images.isEmpty()) {
      ContentItem.sequence(document, SrTag.EVIDENCE, List.of(evidence(images)));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new DatasetWriter(bytes).write(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void putGeneral(EditableDataset document) {
    document.put(SrTag.CHARACTER_SET, "CS", "ISO_IR 192");
    document.put(SrTag.SOP_CLASS, "UI", SOP_CLASS);
    document.put(SrTag.SOP_INSTANCE, "UI", instance);
    document.put(SrTag.CONTENT_DATE, "DA", DATE.format(result.time()));
    document.put(SrTag.CONTENT_TIME, "TM", TIME.format(result.time()));
    document.put(SrTag.TIMEZONE, "SH", "+0000");
    document.put(SrTag.MODALITY, "CS", "SR");
    document.put(SrTag.MANUFACTURER, "LO", "Radstream");
    document.put(SrTag.MODEL_NAME, "LO", "Radstream");
    String version = result.id().checkpointId();
    document.put(
        SrTag.SOFTWARE, "LO", version.substring(0, Math.min(version.length(), LONGEST_TEXT)));
    document.put(SrTag.SERIES_DESCRIPTION, "LO", Result.NOTICE);
    document.put(SrTag.SERIES_UID, "UI", result.id().uid("series"));
    document.put(SrTag.SERIES_NUMBER, "IS", "1");
    document.put(SrTag.INSTANCE_NUMBER, "IS", "1");
    document.put(SrTag.COMPLETION, "CS", "COMPLETE");
    document.put(SrTag.VERIFICATION, "CS", "UNVERIFIED");
    document.put(SrTag.PRELIMINARY, "CS", "PRELIMINARY");
    ContentItem.sequence(document, SrTag.PERFORMED_STEPS, List.of());
    ContentItem.sequence(document, SrTag.PROCEDURE_CODES, List.of());
  }

  private static void putStudy(EditableDataset document, KnownStudy study) {
    document.put(SrTag.STUDY_UID, "UI", study.studyUid());
    document.put(SrTag.ACCESSION, "SH", study.accession());
    document.put(SrTag.PATIENT_ID, "LO", study.patientId());
    document.put(SrTag.PATIENT_NAME, "PN", "");
    document.put(SrTag.BIRTH_DATE, "DA", "");
    document.put(SrTag.SEX, "CS", "");
    document.put(SrTag.STUDY_DATE, "DA", "");
    document.put(SrTag.STUDY_TIME, "TM", "");
    document.put(SrTag.REFERRING_PHYSICIAN, "PN", "");
    document.put(SrTag.STUDY_ID, "SH", "");
  }

  private EditableDataset evidence(List<KnownImage> images) {
    Map<String, List<EditableDataset>> bySeries = new LinkedHashMap<>();
    for (KnownImage image : images) {
      bySeries
          .computeIfAbsent(image.seriesUid(), series -> new ArrayList<>())
          .add(ContentItem.reference(image));
    }
    List<EditableDataset> series = new ArrayList<>();
    bySeries.forEach(
        (uid, references) -> {
          EditableDataset item = new EditableDataset();
          item.put(SrTag.SERIES_UID, "UI", uid);
          ContentItem.sequence(item, SrTag.REFERENCED_SOP, references);
          series.add(item);
        });
    EditableDataset study = new EditableDataset();
    study.put(SrTag.STUDY_UID, "UI", result.study().studyUid());
    ContentItem.sequence(study, SrTag.REFERENCED_SERIES, series);
    return study;
  }
}
