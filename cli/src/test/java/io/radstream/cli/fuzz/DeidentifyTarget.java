package io.radstream.cli.fuzz;

import io.radstream.deidentification.pixels.PictureGuard.Treatment;
import io.radstream.deidentification.text.SiteList;
import io.radstream.producers.deidentify.DeidentifyStep.DateOption;
import io.radstream.producers.dicom.deidentify.FileDeidentifier;
import io.radstream.producers.dicom.deidentify.Rules;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.StudyNames;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** DICOM files, taken apart and put together again without what identifies. */
final class DeidentifyTarget implements AutoCloseable {

  private final FileDeidentifier deidentifier =
      new FileDeidentifier(
          new Rules(
              Pseudonymizer.withKey("sixteen bytes at least"),
              new StudyNames(""),
              SiteList.EMPTY,
              DateOption.SHIFT,
              Treatment.BLANK,
              Optional.empty(),
              Set.of()));

  Target target() {
    return Target.of(
        "deidentify",
        List.of(DicomSeed.plain(), DicomSeed.nested(), DicomSeed.fragments()),
        List.of(
            "SQ\0\0",
            "OB\0\0",
            "UN\0\0",
            "DA",
            "TM",
            "DT",
            "AS",
            "UI",
            "PN",
            "LT",
            "20261345",
            "\\ISO 2022 IR 149",
            "ISO_IR 192",
            "1.2.840.10008.1.2.1.99"),
        Set.of(RefusedStudyException.class),
        input -> {
          deidentifier.deidentify(input).writeTo(OutputStream.nullOutputStream());
          return "";
        });
  }

  @Override
  public void close() {
    deidentifier.close();
  }
}
