package io.radstream.model.generation;

/**
 * A report that the network wrote.
 *
 * @param tokens ids from start to end token; without end token where the report was cut
 * @param logProbability of all tokens but the first, natural logarithm, penalties for repetition
 *     included; what is forbidden keeps its share of the probability
 */
public record GeneratedReport(int[] tokens, double logProbability) {}
