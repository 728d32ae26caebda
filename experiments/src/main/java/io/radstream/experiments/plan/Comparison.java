package io.radstream.experiments.plan;

import java.util.Optional;

/**
 * Which row is held against the best of the others.
 *
 * @param reference name of its initialisation
 * @param test of the means over findings
 * @param paper the paper's table with its p-values, {@code table1} or {@code table2}; empty for
 *     none
 */
public record Comparison(String reference, Test test, Optional<String> paper) {

  /** Over repeats. */
  public enum Test {
    /** Student's, of two samples with one variance: the paper's. */
    INDEPENDENT,
    /** Student's, of differences: the same repeat has the same labels and seed in each row. */
    PAIRED
  }
}
