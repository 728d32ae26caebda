package io.radstream.model;

/**
 * Stochastic gradient descent (paper, section 4.2): weight decay spares norms and biases.
 *
 * @param momentum 0.9 in the paper
 * @param weightDecay 1e-4 in the paper
 * @param maxGradientNorm gradients are scaled down to this global L2 norm; 0 for never
 */
public record OptimizerConfig(double momentum, double weightDecay, double maxGradientNorm) {}
