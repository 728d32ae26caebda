package io.radstream.producers.dicom.examination;

import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.Tag;
import io.radstream.producers.publish.KnownStudy;
import io.radstream.producers.publish.KnownStudy.KnownImage;
import java.util.List;

/** By what the archive knows an instance and its study. */
public final class KnownInHeader {

  private KnownInHeader() {}

  public static KnownStudy of(Dataset header) {
    return new KnownStudy(
        text(header, Tag.PATIENT_ID),
        text(header, Tag.ACCESSION_NUMBER),
        text(header, Tag.STUDY_INSTANCE_UID),
        List.of(
            new KnownImage(
                text(header, Tag.SOP_CLASS_UID),
                text(header, Tag.SERIES_INSTANCE_UID),
                text(header, Tag.SOP_INSTANCE_UID))));
  }

  private static String text(Dataset header, int tag) {
    return header.text(tag).orElse("");
  }
}
