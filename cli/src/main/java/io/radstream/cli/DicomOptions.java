package io.radstream.cli;

import io.radstream.producers.dicom.PictureRule;
import io.radstream.producers.dicom.RadiographReader;
import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.producers.publish.StudyNames;
import picocli.CommandLine.Option;

/** Mixin: which DICOM images are taken, whatever brings them. */
final class DicomOptions {

  @Option(
      names = "--body-part",
      paramLabel = "WHICH",
      defaultValue = "CHEST",
      description =
          "Radiographs that are taken: CHEST, those that their header calls a chest; UNSTATED,"
              + " those too whose header names no body part; ANY, all of them"
              + " (default: ${DEFAULT-VALUE}).")
  private BodyParts bodyParts;

  BodyParts bodyParts() {
    return bodyParts;
  }

  /**
   * To be closed: it has processes of its own.
   *
   * @param rule that each picture must pass
   */
  RadiographReader reader(StudyNames names, PictureRule rule) {
    return new RadiographReader(names, bodyParts, rule);
  }
}
