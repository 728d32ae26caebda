package io.radstream.evaluation;

/**
 * What a model said of a study, and what is true.
 *
 * @param score the higher, the likelier the finding; any unit. Figures that rank studies count a
 *     score that is not a number as wrong: below all others where the finding is there, above all
 *     others where it is not. So a network that has broken down never looks good
 * @param present whether the finding is really there
 */
public record Scored(double score, boolean present) {

  public Scored {
    score += 0.0; // a negative zero is a zero
  }
}
