package io.radstream.model.generation;

import io.radstream.model.config.Generation;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A report whose tokens are drawn one after the other. */
final class SampledReport implements Course {

  private final Generation options;
  private final Sampling sampling;
  private final int longest;
  private Hypothesis report;
  private boolean ended;

  /**
   * @param longest reports are cut at so many tokens, start and end token included
   */
  SampledReport(Generation options, Sampling sampling, int longest) {
    this.options = options;
    this.sampling = sampling;
    this.longest = longest;
    this.report = Hypothesis.start(options.startToken());
  }

  @Override
  public List<Hypothesis> live() {
    return ended ? List.of() : List.of(report);
  }

  @Override
  public List<Integer> advance(List<double[]> next) {
    double[] logProbabilities = next.get(0);
    List<Integer> candidates = mostProbable(logProbabilities);
    if (candidates.isEmpty()) {
      ended = true;
      return List.of();
    }
    int token = draw(candidates, logProbabilities, sampling.draws().applyAsDouble(report.length()));
    report = report.with(token, report.logProbability() + logProbabilities[token]);
    ended = token == options.endToken() || report.length() == longest;
    return ended ? List.of() : List.of(0);
  }

  /** Most probable first. */
  private List<Integer> mostProbable(double[] logProbabilities) {
    Comparator<Integer> byProbability =
        Comparator.comparingDouble(token -> -logProbabilities[token]);
    return IntStream.range(0, logProbabilities.length)
        .filter(token -> logProbabilities[token] > Double.NEGATIVE_INFINITY)
        .boxed()
        .sorted(byProbability.thenComparing(Comparator.naturalOrder()))
        .limit(sampling.topK())
        .toList();
  }

  private int draw(List<Integer> candidates, double[] logProbabilities, double drawn) {
    double largest = logProbabilities[candidates.get(0)];
    double[] weights =
        candidates.stream()
            .mapToDouble(
                token -> Math.exp((logProbabilities[token] - largest) / sampling.temperature()))
            .toArray();
    int kept = kept(weights);
    double left = drawn * IntStream.range(0, kept).mapToDouble(i -> weights[i]).sum();
    for (int i = 0; i < kept - 1; i++) {
      left -= weights[i];
      if (left < 0) {
        return candidates.get(i);
      }
    }
    return candidates.get(kept - 1);
  }

  /** How many make up the share that is to be left. */
  private int kept(double[] weights) {
    double share =
        sampling.topP() * IntStream.range(0, weights.length).mapToDouble(i -> weights[i]).sum();
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i];
      if (sum >= share) {
        return i + 1;
      }
    }
    return weights.length;
  }

  @Override
  public GeneratedReport best() {
    return new GeneratedReport(report.tokens(), report.logProbability());
  }

  @Override
  public List<Hypothesis> hopes() {
    return List.of(report);
  }
}
