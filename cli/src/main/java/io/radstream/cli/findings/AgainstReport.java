package io.radstream.cli.findings;

import io.radstream.evaluation.DeLong;
import io.radstream.evaluation.findings.FindingsComparison.Compared;
import io.radstream.evaluation.findings.FindingsComparison.Comparison;
import java.util.List;

/**
 * Another checkpoint on the same studies, for JSON.
 *
 * @param meanDifference of the mean AUCs over the findings that both have, this one's less the
 *     other's
 */
public record AgainstReport(String checkpointId, Shown meanDifference, List<Row> findings) {

  /**
   * Of a finding.
   *
   * @param difference of the AUCs, by drawing patients
   * @param standardError of the difference, after DeLong
   * @param pValue two-sided, after DeLong
   */
  public record Row(
      String finding,
      Double auc,
      Double otherAuc,
      Shown difference,
      Double standardError,
      Double pValue) {

    private static Row of(Compared compared) {
      return new Row(
          compared.finding(),
          compared.delong().map(DeLong::first).orElse(null),
          compared.delong().map(DeLong::second).orElse(null),
          Shown.of(compared.difference()),
          compared.delong().map(DeLong::standardError).orElse(null),
          compared.delong().map(DeLong::pValue).orElse(null));
    }
  }

  public AgainstReport {
    findings = List.copyOf(findings);
  }

  public static AgainstReport of(String checkpointId, Comparison comparison) {
    return new AgainstReport(
        checkpointId,
        Shown.of(comparison.meanDifference()),
        comparison.findings().stream().map(Row::of).toList());
  }
}
