package io.radstream.producers.datasets;

import java.util.Map;

/** What becomes of a finding of which a report is not sure (-1 of the CheXpert labeler). */
public enum Uncertain {
  /** It is not known. */
  IGNORE,
  /** It is there. */
  POSITIVE,
  /** It is not there. */
  NEGATIVE;

  /**
   * Adds what a cell of the CheXpert labeler or of one like it says: 1, 0, -1, or nothing where the
   * report does not mention the finding.
   *
   * @throws DatasetException where it says anything else
   */
  void add(String finding, String cell, Map<String, Double> labels) throws DatasetException {
    switch (cell) {
      case "1.0", "1" -> labels.put(finding, 1.0);
      case "0.0", "0" -> labels.put(finding, 0.0);
      case "-1.0", "-1" -> addUnsure(finding, labels);
      case "", "null", "NaN", "nan" -> {}
      default ->
          throw new DatasetException(
              "a label of \"%s\" is neither 1, 0, -1 nor empty".formatted(finding));
    }
  }

  private void addUnsure(String finding, Map<String, Double> labels) {
    if (this != IGNORE) {
      labels.put(finding, this == POSITIVE ? 1.0 : 0.0);
    }
  }
}
