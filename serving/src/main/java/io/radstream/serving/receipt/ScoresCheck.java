package io.radstream.serving.receipt;

import io.radstream.serving.score.ScoredStudy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares the scores of a receipt with those of a second scoring.
 *
 * @param tolerance largest difference of two probabilities that are taken for the same
 */
record ScoresCheck(double tolerance) {

  static final String NAME = "scores";

  List<ScoreComparison> compare(ReceiptPayload payload, ScoredStudy again) {
    Map<String, ReceiptScore> scores = ReceiptScore.of(again);
    Set<String> findings = new LinkedHashSet<>(payload.scores().keySet());
    findings.addAll(scores.keySet());
    return findings.stream()
        .map(
            finding ->
                ScoreComparison.of(
                    finding, payload.scores().get(finding), scores.get(finding), tolerance))
        .toList();
  }

  ReceiptCheck of(ReceiptPayload payload, ScoredStudy again, List<ScoreComparison> compared) {
    if (!again.selection().equals(payload.input().used())) {
      return ReceiptCheck.failed(
          NAME,
          "the network sees views %s, and saw %s"
              .formatted(again.selection(), payload.input().used()));
    }
    long different = count(compared, ScoreComparison.Agreement.DIFFERENT);
    long same = count(compared, ScoreComparison.Agreement.SAME_BITS);
    if (different > 0) {
      return ReceiptCheck.failed(
          NAME,
          "findings that differ by more than %s, or in where they come from: %d of %d"
              .formatted(tolerance, different, compared.size()));
    }
    return ReceiptCheck.ok(
        NAME,
        same == compared.size()
            ? "every bit is the same; findings: %d".formatted(same)
            : "all are within %s; findings: %d, the same to the bit: %d"
                .formatted(tolerance, compared.size(), same));
  }

  private static long count(List<ScoreComparison> compared, ScoreComparison.Agreement agreement) {
    return compared.stream().filter(one -> one.agreement() == agreement).count();
  }
}
