package io.radstream.serving.receipt;

import java.util.List;

/**
 * What came of looking at a receipt.
 *
 * @param scores by finding; empty where the study was not scored again
 */
public record VerifiedReceipt(List<ReceiptCheck> checks, List<ScoreComparison> scores) {

  public VerifiedReceipt {
    checks = List.copyOf(checks);
    scores = List.copyOf(scores);
  }

  /** Whether something about the receipt is wrong. */
  public boolean isWrong() {
    return checks.stream().anyMatch(check -> check.outcome() == ReceiptCheck.Outcome.FAILED);
  }

  /** Whether nothing is wrong, and the study was scored again with the same outcome. */
  public boolean isReproduced() {
    return !isWrong() && !scores.isEmpty();
  }
}
