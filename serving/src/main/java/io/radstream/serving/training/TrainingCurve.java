package io.radstream.serving.training;

import java.util.List;

/**
 * The course of a run.
 *
 * @param runId empty while no run has reported anything
 * @param line model line; empty likewise
 * @param points ascending steps; of a long run only every second, fourth, ... point
 */
public record TrainingCurve(String runId, String line, List<TrainingPoint> points) {}
