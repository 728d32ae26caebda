package io.radstream.serving.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.radstream.serving.search.CheckpointIndex;
import io.radstream.serving.search.Neighbour;
import io.radstream.serving.search.Neighbours;
import java.util.List;

/**
 * What is near, as JSON, nearest first.
 *
 * @param studies by their views
 * @param reports studies whose reports are near
 */
record SearchAnswer(List<Near> studies, List<Near> reports, Searched index, Timing timing) {

  /**
   * @param similarity cosine of the vectors
   * @param report null where the study has none, or it is not asked for
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Near(String studyId, double similarity, String report) {

    /** Without the text, which may stand in no log. */
    @Override
    public String toString() {
      return "Near[studyId=" + studyId + ", similarity=" + similarity + "]";
    }
  }

  /**
   * @param studies that are in it
   */
  record Searched(ModelAnswer checkpoint, int studies) {}

  record Timing(double totalMillis) {}

  static SearchAnswer of(
      Neighbours found, boolean withReports, CheckpointIndex index, double totalMillis) {
    return new SearchAnswer(
        near(found.studies(), withReports),
        near(found.reports(), withReports),
        new Searched(ModelAnswer.of(index.identity()), index.size()),
        new Timing(totalMillis));
  }

  private static List<Near> near(List<Neighbour> neighbours, boolean withReports) {
    return neighbours.stream()
        .map(
            neighbour ->
                new Near(
                    neighbour.studyId(),
                    neighbour.similarity(),
                    withReports ? neighbour.report().orElse(null) : null))
        .toList();
  }
}
