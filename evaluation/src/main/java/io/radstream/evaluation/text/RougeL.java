package io.radstream.evaluation.text;

import java.util.List;

/**
 * ROUGE-L (Lin, 2004, section 3.1), mean over the reports: of the longest sequence of tokens that
 * both texts have in the same order, gaps allowed, the harmonic mean of its share in either. A
 * report is taken as one sentence, and precision and recall count alike (β = 1).
 */
public record RougeL() implements ReportScore {

  @Override
  public double score(ReportPair report) {
    int common = common(report.generated(), report.reference());
    return common == 0 ? 0 : 2.0 * common / (report.generated().size() + report.reference().size());
  }

  private static int common(List<String> first, List<String> second) {
    int[] before = new int[second.size() + 1];
    for (String token : first) {
      int[] here = new int[before.length];
      for (int i = 1; i < here.length; i++) {
        here[i] =
            token.equals(second.get(i - 1)) ? before[i - 1] + 1 : Math.max(before[i], here[i - 1]);
      }
      before = here;
    }
    return before[second.size()];
  }
}
