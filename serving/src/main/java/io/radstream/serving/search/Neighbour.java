package io.radstream.serving.search;

import java.util.Objects;
import java.util.Optional;

/**
 * What is near.
 *
 * @param studyId pseudonym
 * @param similarity cosine of the two vectors, −1 to 1
 * @param report text of the study's report as the network reads it; empty where it has none
 */
public record Neighbour(String studyId, double similarity, Optional<String> report) {

  public Neighbour {
    Objects.requireNonNull(studyId, "studyId");
    Objects.requireNonNull(report, "report");
  }

  /** Without the text, which may stand in no log. */
  @Override
  public String toString() {
    return "Neighbour[studyId=" + studyId + ", similarity=" + similarity + "]";
  }
}
