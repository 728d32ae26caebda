package io.radstream.serving.receipt;

import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.PromptSet;
import io.radstream.serving.score.ScoredStudy;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives receipts. Thread-safe; one takes about a millisecond, most of it the signature. */
public final class Receipts {

  private final ScoringMeans means;
  private final Optional<ReceiptKey> key;
  private final InstantSource clock;

  /** Of each set of findings that has prompts. */
  private final Map<String, String> prompts = new HashMap<>();

  /**
   * @param findings what may be asked for
   * @param key that receipts are signed with; without it they are not
   */
  public Receipts(
      ScoringMeans means, FindingSets findings, Optional<ReceiptKey> key, InstantSource clock) {
    this.means = means;
    this.key = key;
    this.clock = clock;
    for (String set : findings.names()) {
      Optional<PromptSet> sentences = findings.prompts(set);
      sentences.ifPresent(known -> prompts.put(set, PromptsDigest.of(known)));
    }
  }

  /** What receipts are verified with; empty where they are not signed. */
  public Optional<ReceiptPublicKey> publicKey() {
    return key.map(ReceiptKey::publicKey);
  }

  /**
   * @param scored by the set of findings
   * @param set its name
   * @param views SHA-256 of each view as it was received
   */
  public Receipt of(ScoredStudy scored, String set, List<String> views) {
    ReceiptPayload payload =
        new ReceiptPayload(
            ReceiptPayload.FORMAT,
            clock.instant().toString(),
            ReceiptCheckpoint.of(scored.model()),
            new ReceiptInput(views, scored.selection()),
            settings(set, scored.calibration()),
            ReceiptPass.of(scored.pass()),
            ReceiptScore.of(scored));
    return new Receipt(payload, key.map(known -> known.sign(payload.canonical())).orElse(null));
  }

  private ReceiptSettings settings(String set, Optional<String> calibration) {
    return new ReceiptSettings(
        set,
        prompts.get(set),
        means.precision().name(),
        means.deviceName(),
        means.threads(),
        means.engine(),
        means.service(),
        calibration.orElse(null));
  }
}
