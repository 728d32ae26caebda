package io.radstream.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What became of studies to which about the same probability was given: the points of a reliability
 * diagram (DeGroot and Fienberg, 1983).
 *
 * @param bins those with studies, from low to high probabilities; none without studies
 */
public record Reliability(List<Bin> bins) {

  /**
   * Studies of similar probability.
   *
   * @param count how many, at least one
   * @param probability mean of what was given to them
   * @param frequency part of them that has the finding
   */
  public record Bin(int count, double probability, double frequency) {

    double gap() {
      return Math.abs(frequency - probability);
    }
  }

  public Reliability {
    bins = List.copyOf(bins);
  }

  /**
   * Bins of equal width, each from above its lower to its upper edge (Guo et al., 2017).
   *
   * @throws IllegalArgumentException where a score is not a probability, or without bins
   */
  public static Reliability equalWidth(List<Scored> scores, int bins) {
    double[] edges = new double[inner(bins)];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = (i + 1) / (double) bins;
    }
    return between(edges, scores);
  }

  /**
   * Bins of about as many studies each (Nguyen and O'Connor, 2015): the edges are quantiles. Equal
   * probabilities share a bin, so that the order of the studies does not matter.
   *
   * @throws IllegalArgumentException where a score is not a probability, or without bins
   */
  public static Reliability equalCount(List<Scored> scores, int bins) {
    double[] edges = new double[inner(bins)];
    double[] sorted = scores.stream().mapToDouble(Probability::of).sorted().toArray();
    if (sorted.length > 0) {
      for (int i = 0; i < edges.length; i++) {
        edges[i] = Quantile.of(sorted, (i + 1) / (double) bins);
      }
    }
    return between(edges, scores);
  }

  private static int inner(int bins) {
    if (bins < 1) {
      throw new IllegalArgumentException("there must be at least one bin, not " + bins);
    }
    return bins - 1;
  }

  private static Reliability between(double[] edges, List<Scored> scores) {
    List<List<Scored>> filled = new ArrayList<>();
    for (int i = 0; i <= edges.length; i++) {
      filled.add(new ArrayList<>());
    }
    for (Scored scored : scores) {
      double probability = Probability.of(scored);
      int bin = (int) Arrays.stream(edges).filter(edge -> edge < probability).count();
      filled.get(bin).add(scored);
    }
    return new Reliability(
        filled.stream().filter(bin -> !bin.isEmpty()).map(Reliability::bin).toList());
  }

  private static Bin bin(List<Scored> scores) {
    return new Bin(
        scores.size(),
        scores.stream().mapToDouble(Scored::score).average().orElseThrow(),
        scores.stream().mapToDouble(scored -> scored.present() ? 1 : 0).average().orElseThrow());
  }

  /**
   * Expected calibration error (Naeini et al., 2015; Guo et al., 2017): the mean over the studies
   * of how far the frequency in their bin is from its mean probability.
   *
   * @return 0 is the best; empty without studies
   */
  public OptionalDouble expectedError() {
    long count = bins.stream().mapToLong(Bin::count).sum();
    return count == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            bins.stream().mapToDouble(bin -> bin.count() * bin.gap()).sum() / count);
  }

  /** Maximum calibration error (same sources): that of the worst bin; empty without studies. */
  public OptionalDouble maximumError() {
    return bins.stream().mapToDouble(Bin::gap).max();
  }
}
