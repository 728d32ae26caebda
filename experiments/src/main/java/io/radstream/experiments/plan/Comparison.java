package io.radstream.experiments.plan;

/**
 * Which row is held against the best of the others.
 *
 * @param reference name of its initialisation
 * @param test of the means over findings
 */
public record Comparison(String reference, Test test) {

  /** Over repeats. */
  public enum Test {
    /** Student's, of two samples with one variance: the paper's. */
    INDEPENDENT,
    /** Student's, of differences: the same repeat has the same labels and seed in each row. */
    PAIRED
  }
}
