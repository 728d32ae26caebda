package io.radstream.experiments.results;

/**
 * A finished run of pre-training.
 *
 * @param fingerprint of the settings that it was run with
 */
public record PretrainingResult(
    String name, String fingerprint, String line, TrainedNetwork network) {}
