package io.radstream.model.objective;

/** What an objective can need of a batch, beside radiographs. */
public enum BatchInput {
  /** Reports, as tokens. */
  REPORTS,
  /** Labels of findings; where one is not known, it counts nothing. */
  LABELS;

  /** Whether nothing can be learned from a study that lacks it. */
  public boolean isOfEveryStudy() {
    return this == REPORTS;
  }
}
