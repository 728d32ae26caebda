package io.radstream.serving.arrivals;

import io.radstream.checkpoints.CheckpointStore;
import io.radstream.objects.ClaimedObjects;
import io.radstream.serving.receipt.ReceiptPublicKey;
import io.radstream.serving.receipt.ReceiptVerifier;
import io.radstream.serving.score.PromptSet;
import java.util.Objects;
import java.util.Optional;

/**
 * What the receipts of scores are held against.
 *
 * @param verifier compares
 * @param store where the checkpoints lie that receipts name
 * @param originals where pictures at full resolution are read; empty where nobody has said
 * @param prompts of the set of findings; empty for the built-in ones
 * @param key of who signed the receipts; empty where that is not looked at
 */
public record ReplayEvidence(
    ReceiptVerifier verifier,
    CheckpointStore store,
    Optional<ClaimedObjects> originals,
    Optional<PromptSet> prompts,
    Optional<ReceiptPublicKey> key) {

  public ReplayEvidence {
    Objects.requireNonNull(verifier, "verifier");
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(originals, "originals");
    Objects.requireNonNull(prompts, "prompts");
    Objects.requireNonNull(key, "key");
  }
}
