package io.radstream.serving.score;

import io.radstream.model.explain.ExplainedScore;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

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
   * Embeds the prompts, once for all studies, and many in a pass: a finding has few, and a pass
   * costs more than they do.
   *
   * @param tokenize text to token ids, from start to end token
   */
  static ZeroShot of(StudyNetwork network, Function<String, int[]> tokenize, PromptSet prompts) {
    Iterator<float[]> vectors = embed(network, tokenize, prompts.sentences()).iterator();
    List<Anchors> anchors = new ArrayList<>();
    for (FindingPrompts finding : prompts.findings()) {
      anchors.add(
          new Anchors(
              finding.finding(),
              mean(vectors, finding.positive().size()),
              mean(vectors, finding.negative().size())));
    }
    return new ZeroShot(anchors, network.temperature());
  }

  private static List<float[]> embed(
      StudyNetwork network, Function<String, int[]> tokenize, List<String> sentences) {
    List<float[]> vectors = new ArrayList<>();
    for (int from = 0; from < sentences.size(); from += PROMPTS_AT_ONCE) {
      int to = Math.min(from + PROMPTS_AT_ONCE, sentences.size());
      int[][] tokens = sentences.subList(from, to).stream().map(tokenize).toArray(int[][]::new);
      vectors.addAll(List.of(network.embedPrompts(tokens)));
    }
    return vectors;
  }

  private static float[] mean(Iterator<float[]> vectors, int count) {
    return Vectors.meanDirection(Stream.generate(vectors::next).limit(count).toList());
  }

  /** What a finding's margin is made of; empty where there are no prompts for it. */
  Optional<ExplainedScore> explained(String finding) {
    return anchors.stream()
        .filter(anchor -> anchor.finding.equals(finding))
        .findFirst()
        .map(anchor -> new ExplainedScore.Stated(towards(anchor), temperature));
  }

  private static float[] towards(Anchors anchor) {
    float[] towards = anchor.positive.clone();
    for (int i = 0; i < towards.length; i++) {
      towards[i] -= anchor.negative[i];
    }
    return towards;
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
