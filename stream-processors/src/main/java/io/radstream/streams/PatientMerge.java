package io.radstream.streams;

import io.radstream.schemas.Correction;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Study;
import java.util.Optional;

/** That two patients are one. */
record PatientMerge(String former, String survivor) {

  private static final String KEY_PREFIX = "patient/";

  /** What a record says of patients; empty where it is a part of a study. */
  static Optional<PatientMerge> of(Study record) {
    Correction correction = record.getCorrection();
    return correction == null || correction.getFormerPatientId() == null
        ? Optional.empty()
        : Optional.of(new PatientMerge(correction.getFormerPatientId(), record.getPatientId()));
  }

  /** What is wrong with the record that says so. */
  Optional<Refusal> fault(Study record) {
    boolean named = !former.isEmpty() && !survivor.isEmpty() && !former.equals(survivor);
    boolean alone =
        record.getViews().isEmpty() && record.getReport() == null && !StudyMerge.takesBack(record);
    return named && alone && record.getStudyId().equals(KEY_PREFIX + former)
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                RejectionReason.INVALID_RECORD,
                "a merge of patients names two of them, under the key patient/FORMER, and is no"
                    + " part of a study"));
  }
}
