package io.radstream.producers.publish;

import java.util.List;

/**
 * What was published of a study and is not of that study, as after a corrected accession number.
 * All of it are pseudonyms.
 *
 * @param viewIds of views that the study loses
 * @param reportIds of reports that it loses
 * @param allReports whether it loses whatever report it has: what is to go has no id
 */
public record Retraction(
    String studyId,
    String patientId,
    List<String> viewIds,
    List<String> reportIds,
    boolean allReports) {

  public Retraction {
    viewIds = List.copyOf(viewIds);
    reportIds = List.copyOf(reportIds);
  }
}
