package io.radstream.results.dicom;

import io.radstream.producers.dicom.edit.EditableDataset;
import io.radstream.producers.publish.KnownStudy.KnownImage;
import io.radstream.results.destination.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A result as a Comprehensive SR document of the study that it is of. Patient's name, date of birth
 * and sex are left empty, since nothing here knows them: the archive does, by the patient's number.
 */
final class ReportDocument implements StoredObject {

  /** Comprehensive SR Storage. */
  static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.88.33";

  private static final Pattern UID = Pattern.compile("[0-9.]{1,64}");

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

  @Override
  public String sopClass() {
    return SOP_CLASS;
  }

  @Override
  public String instance() {
    return instance;
  }

  @Override
  public byte[] dataSet() {
    return dataSet.clone();
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
    new ResultAttributes(result).put(document);
    if (!images.isEmpty()) {
      ContentItem.sequence(document, SrTag.EVIDENCE, List.of(evidence(images)));
    }
    return StoredObject.written(document);
  }

  private void putGeneral(EditableDataset document) {
    document.put(SrTag.SOP_CLASS, "UI", SOP_CLASS);
    document.put(SrTag.SOP_INSTANCE, "UI", instance);
    document.put(SrTag.MODALITY, "CS", "SR");
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
