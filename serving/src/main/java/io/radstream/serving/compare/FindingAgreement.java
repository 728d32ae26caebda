package io.radstream.serving.compare;

import java.util.OptionalDouble;

/**
 * How far two models agree on a finding.
 *
 * @param studies that both scored
 * @param meanDifference mean of the absolute differences of the probabilities
 * @param moved part of the studies of which the probabilities differ by more than was set
 * @param sameDecision part of the studies that both put on the same side of 0.5
 * @param rankCorrelation of the last studies (Spearman); empty where a model scored all alike
 */
public record FindingAgreement(
    long studies,
    double meanDifference,
    double moved,
    double sameDecision,
    OptionalDouble rankCorrelation) {}
