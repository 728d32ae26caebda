package io.radstream.trainer.replay;

import java.util.Map;
import java.util.Optional;

/**
 * A step that was taken again.
 *
 * @param before losses on the ledger
 * @param again losses now
 * @param weightsDigest of the weights now, where the ledger has one to compare it with
 * @param difference what differs; empty where all is the same bits, or where the settings were
 *     meant to differ
 */
public record ReplayedStep(
    long step,
    Map<String, Double> before,
    Map<String, Double> again,
    Optional<String> weightsDigest,
    Optional<String> difference) {}
