package io.radstream.serving;

import io.radstream.model.config.Precision;
import io.radstream.serving.receipt.ReceiptKey;
import io.radstream.serving.score.BatchLimits;
import io.radstream.serving.score.FindingSet;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.PromptSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a network is used to answer.
 *
 * @param findings what is looked for, and the sets of it that can be asked for by name
 * @param batches how studies are gathered in front of the device
 * @param precision in what numbers networks multiply; their weights stay as they are in the store
 * @param calibrated whether answers have calibrated probabilities, where a checkpoint was
 *     calibrated
 * @param receiptKey that receipts are signed with; without it they are not
 */
public record AnswerConfig(
    FindingSets findings,
    BatchLimits batches,
    Precision precision,
    boolean calibrated,
    Optional<ReceiptKey> receiptKey) {

  /** The built-in findings, in float32, calibrated where that is possible. */
  public static final AnswerConfig DEFAULT =
      new AnswerConfig(
          FindingSets.of(PromptSet.builtIn()),
          BatchLimits.DEFAULT,
          Precision.FLOAT32,
          true,
          Optional.empty());

  public AnswerConfig {
    Objects.requireNonNull(findings, "findings");
    Objects.requireNonNull(batches, "batches");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(receiptKey, "receiptKey");
  }

  /** The same with sets of findings that can be asked for by name. */
  public AnswerConfig withModels(Map<String, FindingSet> named) {
    return new AnswerConfig(
        new FindingSets(findings.prompts(), named), batches, precision, calibrated, receiptKey);
  }

  /** The same with receipts that are signed. */
  public AnswerConfig withReceiptKey(ReceiptKey key) {
    return new AnswerConfig(findings, batches, precision, calibrated, Optional.of(key));
  }
}
