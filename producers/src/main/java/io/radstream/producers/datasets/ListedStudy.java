package io.radstream.producers.datasets;

import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.radiology.Sha256;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A study of a set, as its tables tell of it.
 *
 * @param patient as the set names the patient
 * @param study unique within the set
 * @param split empty where the set has none
 * @param labels finding to probability, of those that are known
 */
record ListedStudy(
    String patient,
    String study,
    Optional<Split> split,
    List<ListedView> views,
    ReportText report,
    Map<String, Double> labels) {

  /** Reads the report of a study when it is asked for. */
  @FunctionalInterface
  interface ReportText {

    /** The study has no report. */
    ReportText NONE = Optional::empty;

    /**
     * @return empty where the set has no report of the study
     * @throws RefusedStudyException where it should have one
     */
    Optional<String> read() throws IOException, RefusedStudyException;

    /** A text that a table holds; none where it is blank. */
    static ReportText of(String text) {
      if (text.isBlank()) {
        return NONE;
      }
      Optional<String> known = Optional.of(text);
      return () -> known;
    }
  }

  /** Changes when the tables tell something else of the study. */
  String digest() {
    StringBuilder content = new StringBuilder();
    for (ListedView view : views) {
      content.append(view.key()).append('\0').append(view.projection()).append('\0');
      content.append(view.boxes()).append('\0');
    }
    content.append(new TreeMap<>(labels));
    return Sha256.of(content.toString()).substring(0, 32);
  }
}
