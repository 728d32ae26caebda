package io.radstream.evaluation.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * CIDEr-D (Vedantam, Zitnick and Parikh, 2015, sections 4 and 5) with one reference a study, mean
 * over the reports; from 0 to 10. A sequence of 1 to 4 tokens weighs as much as it comes often in a
 * report and seldom in the known reports. For each length the cosine of the two reports' weights,
 * those of the written one cut at those of the known one, is multiplied by exp(-d² / 2σ²), d the
 * difference of their numbers of tokens and σ = 6; the mean of the four is multiplied by 10.
 */
public final class CiderD implements ReportScore {

  private static final int LONGEST = 4;
  private static final double SIGMA = 6;
  private static final double SCALE = 10;

  private final double logReports;
  private final Map<List<String>, Integer> frequencies = new HashMap<>();

  /**
   * @param known reports that say how rare a sequence is, as tokens; of a single one nothing is
   *     rare, and each report gets 0
   */
  public CiderD(List<List<String>> known) {
    this.logReports = Math.log(Math.max(1, known.size()));
    for (List<String> report : known) {
      for (int length = 1; length <= LONGEST; length++) {
        Sequences.of(report, length)
            .keySet()
            .forEach(sequence -> frequencies.merge(sequence, 1, Integer::sum));
      }
    }
  }

  @Override
  public double score(ReportPair report) {
    double sum = 0;
    for (int length = 1; length <= LONGEST; length++) {
      sum += cosine(report, length);
    }
    double difference = report.generated().size() - report.reference().size();
    return SCALE * sum / LONGEST * Math.exp(-difference * difference / (2 * SIGMA * SIGMA));
  }

  private double cosine(ReportPair report, int length) {
    Map<List<String>, Double> generated = weights(report.generated(), length);
    Map<List<String>, Double> reference = weights(report.reference(), length);
    double product = 0;
    for (Map.Entry<List<String>, Double> entry : generated.entrySet()) {
      double known = reference.getOrDefault(entry.getKey(), 0.0);
      product += Math.min(entry.getValue(), known) * known;
    }
    return product == 0 ? 0 : product / (norm(generated) * norm(reference));
  }

  private Map<List<String>, Double> weights(List<String> tokens, int length) {
    Map<List<String>, Double> weights = new HashMap<>();
    Sequences.of(tokens, length)
        .forEach((sequence, count) -> weights.put(sequence, count * rarity(sequence)));
    return weights;
  }

  /** A sequence that no known report has is as rare as one that a single one has. */
  private double rarity(List<String> sequence) {
    return logReports - Math.log(frequencies.getOrDefault(sequence, 1));
  }

  private static double norm(Map<List<String>, Double> weights) {
    return Math.sqrt(weights.values().stream().mapToDouble(weight -> weight * weight).sum());
  }
}
