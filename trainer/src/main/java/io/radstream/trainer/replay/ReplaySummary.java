package io.radstream.trainer.replay;

import java.util.Optional;

/**
 * What came of a replay.
 *
 * @param steps taken again
 * @param passedOver steps of which too few studies were left to take them
 * @param leftOut how often a study was left out of a step that read it
 * @param step that the weights have behind them now
 * @param identical whether every step that the ledger has was taken again and had the same bits;
 *     always false where settings were changed, studies were left out or the replay was stopped
 *     before
 * @param difference where and in what the first differs
 * @param weightsDigest SHA-256 that model.safetensors would have now
 */
public record ReplaySummary(
    String runId,
    String line,
    long steps,
    long passedOver,
    long leftOut,
    long step,
    boolean identical,
    boolean counterfactual,
    Optional<String> difference,
    String weightsDigest,
    double seconds) {}
