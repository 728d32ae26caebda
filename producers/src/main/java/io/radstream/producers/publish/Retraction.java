package io.radstream.producers.publish;

import java.util.List;

/**
 * What was published of a study and is not of that study, as after a corrected accession number.
 * All of it are pseudonyms.
 *
 * @param viewIds of views that the study loses
 * @param report whether it loses its report
 */
public record Retraction(String studyId, String patientId, List<String> viewIds, boolean report) {

  public Retraction {
    viewIds = List.copyOf(viewIds);
  }
}
