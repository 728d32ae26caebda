package io.radstream.producers.dicom.examination;

import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.Tag;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.StudyNames;

/**
 * How a site names the study and the patient of a header, the same whatever is done with the file.
 *
 * @param study as {@link StudyNames} has it
 * @param patient as {@link StudyNames} has it; patients without a number are not one patient
 */
public record StudyIdentity(String study, String patient) {

  /**
   * @throws RefusedStudyException where the header has neither an accession number nor a study UID
   */
  public static StudyIdentity of(Dataset header, StudyNames names) throws RefusedStudyException {
    String study =
        names.study(
            header.text(Tag.ACCESSION_NUMBER).orElse(""),
            header.text(Tag.STUDY_INSTANCE_UID).orElse(""));
    String patient = names.patient(header.text(Tag.PATIENT_ID).orElse("study " + study));
    return new StudyIdentity(study, patient);
  }
}
