package io.radstream.model.objective;

/** What an objective can need of a batch, beside radiographs. */
public enum BatchInput {
  /** Reports, as tokens; a study without one is passed over. */
  REPORTS,
  /** Reports of those studies that have one; the others count nothing. */
  REPORTS_IF_ANY,
  /** Labels of findings; where one is not known, it counts nothing. */
  LABELS
}
