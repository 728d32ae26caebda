package io.radstream.evaluation;

/**
 * An interval around a figure.
 *
 * @param low lower end
 * @param high upper end
 * @param level how often such an interval holds the true figure, for example 0.95
 * @param rounds draws that it rests on: those whose studies define the figure
 */
public record Interval(double low, double high, double level, int rounds) {}
