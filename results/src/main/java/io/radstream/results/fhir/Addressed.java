package io.radstream.results.fhir;

import io.radstream.producers.publish.KnownStudy;
import io.radstream.results.destination.Outcome;
import io.radstream.results.destination.Result;

/** Whether a report would say whom or what it is of. */
final class Addressed {

  static final Outcome NOBODY =
      new Outcome.Unaddressed("neither patient nor accession number nor study UID is known");

  private Addressed() {}

  static boolean isAddressed(Result result) {
    KnownStudy study = result.study();
    return !study.patientId().isEmpty()
        || !study.accession().isEmpty()
        || !study.studyUid().isEmpty();
  }
}
