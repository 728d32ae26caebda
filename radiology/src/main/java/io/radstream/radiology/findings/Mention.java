package io.radstream.radiology.findings;

/**
 * A phrase that speaks of a finding.
 *
 * @param start offset in the clause
 * @param end offset behind it
 */
record Mention(ReportedFinding finding, Says says, int start, int end) {

  /** What the phrase says by itself. */
  enum Says {
    PRESENT,
    ABSENT,
    UNCERTAIN,
    FIXED
  }
}
