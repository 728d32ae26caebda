package io.radstream.model.config;

/**
 * Learning rates of one step.
 *
 * @param radiograph of the radiograph transformer, the view fusion and the label head
 * @param text of the report transformer and the report encoder
 */
public record LearningRates(double radiograph, double text) {}
