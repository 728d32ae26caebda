package io.radstream.serving.receipt;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What came of looking at a receipt.
 *
 * @param scores by finding; empty where the study was not scored again
 */
public record VerifiedReceipt(List<ReceiptCheck> checks, List<ScoreComparison> scores) {

  /** Checks that say why a study is not scored again. */
  private static final Set<String> OBSTACLES =
      Set.of(FilesCheck.NAME, PromptsCheck.NAME, ScoresCheck.NAME);

  public VerifiedReceipt {
    checks = List.copyOf(checks);
    scores = List.copyOf(scores);
  }

  /** Whether something about the receipt is wrong. */
  public boolean isWrong() {
    return checks.stream().anyMatch(check -> check.outcome() == ReceiptCheck.Outcome.FAILED);
  }

  /** In what the study was scored again otherwise than the first time. */
  public Optional<String> otherMeans() {
    return checks.stream()
        .filter(check -> check.name().equals(MeansCheck.NAME) && !scores.isEmpty())
        .filter(check -> check.outcome() == ReceiptCheck.Outcome.NOT_CHECKED)
        .map(ReceiptCheck::detail)
        .findFirst();
  }

  /** Why the study was not scored again; empty where it was. */
  public Optional<String> obstacle() {
    return checks.stream()
        .filter(check -> check.outcome() != ReceiptCheck.Outcome.OK && scores.isEmpty())
        .filter(check -> OBSTACLES.contains(check.name()))
        .map(ReceiptCheck::detail)
        .findFirst();
  }

  /**
   * What is wrong, where the study was scored again; that a file is missing which scoring does not
   * read, is nothing.
   */
  public Optional<ReceiptCheck> fault() {
    return checks.stream()
        .filter(check -> check.outcome() == ReceiptCheck.Outcome.FAILED)
        .filter(check -> !check.name().equals(FilesCheck.NAME))
        .findFirst();
  }

  /** Whether nothing is wrong, and the study was scored again with the same outcome. */
  public boolean isReproduced() {
    return !isWrong() && !scores.isEmpty();
  }
}
