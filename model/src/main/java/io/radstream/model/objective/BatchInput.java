package io.radstream.model.objective;

/** What an objective can need of a batch, beside radiographs. */
public enum BatchInput {
  /** Reports, as tokens; a study without one is passed over. */
  REPORTS,
  /** Labels of findings; where one is not known, it counts nothing. */
  LABELS
}
