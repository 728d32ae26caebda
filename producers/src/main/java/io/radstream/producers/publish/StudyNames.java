package io.radstream.producers.publish;

import io.radstream.schemas.RejectionReason;

/**
 * How the sources of a site name its studies and patients, so that a study's views and its report
 * meet, whichever way they come.
 *
 * @param site tells sites apart that share topics and a key; empty where there is one
 */
public record StudyNames(String site) {

  public StudyNames {
    site = site.strip();
  }

  /**
   * By accession number, since that is what modality, archive and report system have in common; by
   * study UID where there is none.
   *
   * @throws RefusedStudyException where there is neither
   */
  public String study(String accession, String studyUid) throws RefusedStudyException {
    if (!accession.isBlank()) {
      return named("accession", accession);
    }
    if (!studyUid.isBlank()) {
      return named("uid", studyUid);
    }
    throw new RefusedStudyException(
        RejectionReason.NO_ACCESSION, "there is neither an accession number nor a study UID");
  }

  /** Without the issuer, which radiographs often lack. */
  public String patient(String id) {
    return named("patient", id);
  }

  private String named(String kind, String identifier) {
    return site + '\0' + kind + '\0' + identifier.strip();
  }
}
