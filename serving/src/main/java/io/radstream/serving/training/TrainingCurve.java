package io.radstream.serving.training;

import java.util.List;

/**
 * The course of a run.
 *
 * @param runId empty while no run has reported anything
 * @param line model line; empty likewise
 * @param points ascending steps; of a long run only every second, fourth, ... point
 * @param alarms the last ten, the newest first
 */
public record TrainingCurve(
    String runId, String line, List<TrainingPoint> points, List<TrainingAlarm> alarms) {}
