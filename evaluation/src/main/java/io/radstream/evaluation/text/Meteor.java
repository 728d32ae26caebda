package io.radstream.evaluation.text;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.tartarus.snowball.ext.PorterStemmer;

/**
 * METEOR (Banerjee and Lavie, 2005) by its exact and its stem stage; mean over the reports. Tokens
 * are paired one to one, first the same ones, then those of the same stem (Porter, 1980). Of P, the
 * share of the written report that is paired, and R, that of the known one, the mean is P R / (α P
 * + (1 - α) R); it is multiplied by 1 - γ (chunks / pairs)<sup>β</sup>, where a chunk is a run of
 * pairs that are neighbours in both texts. α = 0.9, β = 3 and γ = 0.5, as in the paper.
 *
 * <p>The original's third stage, synonyms by WordNet, and the paraphrases and weights of METEOR 1.5
 * are left out: figures are lower than those of programs that have them. Within a stage each token,
 * from the last to the first, takes the last free one, as NLTK does; the paper looks for the
 * pairing with the fewest crossings instead.
 */
public record Meteor() implements ReportScore {

  private static final double RECALL_WEIGHT = 0.9;
  private static final double FRAGMENTATION_POWER = 3;
  private static final double MOST_PENALTY = 0.5;
  private static final int FREE = -1;

  @Override
  public double score(ReportPair report) {
    int[] partners = partners(report.generated(), report.reference());
    double pairs = Arrays.stream(partners).filter(partner -> partner != FREE).count();
    if (pairs == 0) {
      return 0;
    }
    double precision = pairs / report.generated().size();
    double recall = pairs / report.reference().size();
    double mean = precision * recall / (RECALL_WEIGHT * precision + (1 - RECALL_WEIGHT) * recall);
    double penalty = MOST_PENALTY * Math.pow(chunks(partners) / pairs, FRAGMENTATION_POWER);
    return mean * (1 - penalty);
  }

  /** For each token of the first its place in the second, or {@link #FREE}. */
  private static int[] partners(List<String> first, List<String> second) {
    int[] partners = new int[first.size()];
    Arrays.fill(partners, FREE);
    boolean[] taken = new boolean[second.size()];
    pair(partners, taken, first, second);
    UnaryOperator<String> stem = stems();
    pair(partners, taken, first.stream().map(stem).toList(), second.stream().map(stem).toList());
    return partners;
  }

  private static void pair(
      int[] partners, boolean[] taken, List<String> first, List<String> second) {
    Map<String, Deque<Integer>> free = new HashMap<>();
    for (int at = 0; at < taken.length; at++) {
      if (!taken[at]) {
        free.computeIfAbsent(second.get(at), token -> new ArrayDeque<>()).push(at);
      }
    }
    for (int at = partners.length - 1; at >= 0; at--) {
      Deque<Integer> places = free.get(first.get(at));
      if (partners[at] == FREE && places != null && !places.isEmpty()) {
        partners[at] = places.pop();
        taken[partners[at]] = true;
      }
    }
  }

  private static UnaryOperator<String> stems() {
    PorterStemmer stemmer = new PorterStemmer();
    return token -> {
      stemmer.setCurrent(token);
      stemmer.stem();
      return stemmer.getCurrent();
    };
  }

  private static int chunks(int[] partners) {
    int chunks = 0;
    for (int at = 0; at < partners.length; at++) {
      boolean goesOn = at > 0 && partners[at - 1] != FREE && partners[at] == partners[at - 1] + 1;
      if (partners[at] != FREE && !goesOn) {
        chunks++;
      }
    }
    return chunks;
  }
}
