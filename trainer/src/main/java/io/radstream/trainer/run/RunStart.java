package io.radstream.trainer.run;

/**
 * How a run begins.
 *
 * @param step the line has behind it; 0 for a new one
 * @param steps at which the run ends
 * @param studies to learn from
 * @param validationStudies to validate on
 */
public record RunStart(
    String runId, String line, long step, long steps, int studies, int validationStudies) {}
