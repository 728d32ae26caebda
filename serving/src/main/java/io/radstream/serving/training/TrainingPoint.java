package io.radstream.serving.training;

import java.util.Map;

/**
 * Figures of a run at a step; those of several records of one step together.
 *
 * @param step optimizer steps done
 * @param values by name, all finite
 */
public record TrainingPoint(long step, Map<String, Double> values) {}
