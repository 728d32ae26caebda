package io.radstream.experiments.results;

/**
 * What a run gave.
 *
 * @param runId of the run on the ledger
 * @param checkpointId that is tested, or set out from
 * @param directory of that checkpoint
 * @param step of that checkpoint
 */
public record TrainedNetwork(String runId, String checkpointId, String directory, long step) {}
