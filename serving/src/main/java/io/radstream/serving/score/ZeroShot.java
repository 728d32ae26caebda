package io.radstream.serving.score;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Zero-shot scoring from text prompts, as CLIP (Radford et al., 2021) and CheXzero (Tiu et al.,
 * 2022) do it: the unit vectors of the positive prompts are averaged to one unit vector, likewise
 * those of the negative ones, and the probability is the softmax over the study's two cosines,
 * divided by the temperature that the network was trained with.
 */
final class ZeroShot {

  private static final int PROMPTS_AT_ONCE = 32;

  private record Anchors(String finding, float[] positive, float[] negative) {}

  private final List<Anchors> anchors;
  private final double temperature;

  private ZeroShot(List<Anchors> anchors, double temperature) {
    this.anchors = List.copyOf(anchors);
    this.temperature = temperature;
  }

  /**
   * Embeds the prompts, once for all studies.
   *
   * @param tokenize text to token ids, from start to end token
   */
  static ZeroShot of(StudyNetwork network, Function<String, int[]> tokenize, PromptSet prompts) {
    List<Anchors> anchors = new ArrayList<>();
    for (FindingPrompts finding : prompts.findings()) {
      anchors.add(
          new Anchors(
              finding.finding(),
              ensemble(network, tokenize, finding.positive()),
              ensemble(network, tokenize, finding.negative())));
    }
    return new ZeroShot(anchors, network.temperature());
  }

  private static float[] ensemble(
      StudyNetwork network, Function<String, int[]> tokenize, List<String> prompts) {
    List<float[]> vectors = new ArrayList<>();
    for (int from = 0; from < prompts.size(); from += PROMPTS_AT_ONCE) {
      List<String> some = prompts.subList(from, Math.min(from + PROMPTS_AT_ONCE, prompts.size()));
      int[][] tokens = some.stream().map(tokenize).toArray(int[][]::new);
      vectors.addAll(List.of(network.embedReports(tokens)));
    }
    return Vectors.meanDirection(vectors);
  }

  /** Probability of each finding, in the order of the prompts. */
  Map<String, Double> probabilities(float[] study) {
    Map<String, Double> result = new LinkedHashMap<>();
    for (Anchors anchor : anchors) {
      double margin = Vectors.dot(study, anchor.positive) - Vectors.dot(study, anchor.negative);
      // The softmax over two values is the logistic function of their difference.
      result.put(anchor.finding, 1 / (1 + Math.exp(-margin / temperature)));
    }
    return result;
  }
}
