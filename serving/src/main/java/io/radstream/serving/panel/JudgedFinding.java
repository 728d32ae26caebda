package io.radstream.serving.panel;

import io.radstream.evaluation.Interval;
import java.util.Locale;
import java.util.Optional;

/**
 * What a panel says of one finding.
 *
 * @param auc of the candidate
 * @param against the live one, where both score the finding
 */
record JudgedFinding(String name, double auc, Optional<Against> against) {

  /**
   * @param live AUC of the live one
   * @param difference interval of the candidate's AUC less the live one's
   */
  record Against(double live, Interval difference) {}

  boolean isWorse() {
    return against.filter(other -> other.difference().high() < 0).isPresent();
  }

  /** What speaks most against the candidate comes first. */
  double gap() {
    return against.map(other -> auc - other.live()).orElse(0.0);
  }

  String text() {
    return against
        .map(
            other ->
                String.format(
                    Locale.ROOT,
                    "%s: AUC %.3f, live %.3f, difference %.3f to %.3f",
                    name,
                    auc,
                    other.live(),
                    other.difference().low(),
                    other.difference().high()))
        .orElseGet(() -> String.format(Locale.ROOT, "%s: AUC %.3f", name, auc));
  }
}
