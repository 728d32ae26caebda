package io.radstream.serving.score;

import io.radstream.checkpoints.CalibratedFinding;
import io.radstream.model.explain.ExplainedScore;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Scores findings by all that a network has for it. Those that it was taught are the label head's,
 * since it learned just these from labels, where prompts depend on how a sentence is put; all
 * others come from prompts. The prompts' order comes first, then what the head knows beyond them.
 */
final class FindingScorer {

  private final List<String> taught;
  private final Optional<ZeroShot> zeroShot;
  private final Map<String, ScoredBy> scoredBy;
  private final Map<String, CalibratedFinding.Scored> ways;

  private FindingScorer(
      List<String> taught,
      Optional<ZeroShot> zeroShot,
      Map<String, ScoredBy> scoredBy,
      Map<String, CalibratedFinding.Scored> ways) {
    this.taught = List.copyOf(taught);
    this.zeroShot = zeroShot;
    this.scoredBy = scoredBy;
    this.ways = ways;
  }

  /**
   * Embeds the prompts that are needed, once for all studies.
   *
   * @param tokenize text to token ids, from start to end token
   * @throws IllegalArgumentException where the network can score nothing
   */
  static FindingScorer of(
      StudyNetwork network, Function<String, int[]> tokenize, PromptSet prompts) {
    return of(network, tokenize, prompts.findings(), network.taught())
        .orElseThrow(FindingScorer::scoresNothing);
  }

  private static IllegalArgumentException scoresNothing() {
    return new IllegalArgumentException(
        "the network has neither a report encoder nor a label head");
  }

  /**
   * How a network would score each finding, without the network.
   *
   * @throws IllegalArgumentException where it can score nothing
   */
  static Map<String, CalibratedFinding.Scored> ways(
      Set<Capability> capabilities, List<String> taught, List<FindingPrompts> prompts) {
    List<FindingPrompts> open = open(capabilities, taught, prompts);
    Map<String, ScoredBy> scoredBy = scoredBy(prompts, open, taught);
    taught.forEach(finding -> scoredBy.put(finding, ScoredBy.LABELS));
    if (scoredBy.isEmpty()) {
      throw scoresNothing();
    }
    return ways(scoredBy, open);
  }

  /** The same for a set of findings; empty where the network can score none of it. */
  static Optional<FindingScorer> of(
      StudyNetwork network, Function<String, int[]> tokenize, FindingSet set) {
    return set instanceof FindingSet.Prompted prompted
        ? of(network, tokenize, prompted.prompts().findings(), List.of())
        : of(network, tokenize, List.of(), network.taught());
  }

  /**
   * @param besides of those that were taught, which are scored where there are no prompts for them
   */
  private static Optional<FindingScorer> of(
      StudyNetwork network,
      Function<String, int[]> tokenize,
      List<FindingPrompts> prompts,
      List<String> besides) {
    List<String> taught = network.taught();
    List<FindingPrompts> open = open(network.capabilities(), taught, prompts);
    Map<String, ScoredBy> scoredBy = scoredBy(prompts, open, taught);
    besides.forEach(finding -> scoredBy.put(finding, ScoredBy.LABELS));
    if (scoredBy.isEmpty()) {
      return Optional.empty();
    }
    Optional<ZeroShot> zeroShot =
        open.isEmpty()
            ? Optional.empty()
            : Optional.of(ZeroShot.of(network, tokenize, new PromptSet(open)));
    return Optional.of(
        new FindingScorer(
            taught, zeroShot, Collections.unmodifiableMap(scoredBy), ways(scoredBy, open)));
  }

  /** Those that sentences are needed for. */
  private static List<FindingPrompts> open(
      Set<Capability> capabilities, List<String> taught, List<FindingPrompts> prompts) {
    return capabilities.contains(Capability.PROMPTS)
        ? prompts.stream().filter(f -> !taught.contains(f.finding())).toList()
        : List.of();
  }

  private static Map<String, CalibratedFinding.Scored> ways(
      Map<String, ScoredBy> scoredBy, List<FindingPrompts> prompts) {
    Map<String, CalibratedFinding.Scored> ways = new LinkedHashMap<>();
    scoredBy
        .keySet()
        .forEach(
            finding ->
                ways.put(
                    finding,
                    new CalibratedFinding.Scored(
                        finding,
                        prompts.stream()
                            .filter(sentences -> sentences.finding().equals(finding))
                            .map(FindingPrompts::sha256)
                            .findFirst())));
    return Collections.unmodifiableMap(ways);
  }

  private static Map<String, ScoredBy> scoredBy(
      List<FindingPrompts> prompts, List<FindingPrompts> open, List<String> taught) {
    Map<String, ScoredBy> scoredBy = new LinkedHashMap<>();
    for (FindingPrompts finding : prompts) {
      if (taught.contains(finding.finding())) {
        scoredBy.put(finding.finding(), ScoredBy.LABELS);
      } else if (open.contains(finding)) {
        scoredBy.put(finding.finding(), ScoredBy.PROMPTS);
      }
    }
    return scoredBy;
  }

  /** Where each probability comes from, in their order. */
  Map<String, ScoredBy> scoredBy() {
    return scoredBy;
  }

  /** The same, as calibrations are named. */
  Map<String, CalibratedFinding.Scored> ways() {
    return ways;
  }

  /** The log-odds behind a finding's probability; empty where it is not scored. */
  Optional<ExplainedScore> explained(String finding) {
    return Optional.ofNullable(scoredBy.get(finding))
        .flatMap(
            by ->
                by == ScoredBy.LABELS
                    ? Optional.of(new ExplainedScore.Taught(taught.indexOf(finding)))
                    : zeroShot.orElseThrow().explained(finding));
  }

  /** Probability of each finding for one study of a pass. */
  Map<String, Double> probabilities(StudyNetwork.Seen seen, int study) {
    Map<String, Double> prompted =
        zeroShot.map(scorer -> scorer.probabilities(seen.vectors()[study])).orElse(Map.of());
    Map<String, Double> result = new LinkedHashMap<>();
    scoredBy.forEach(
        (finding, by) ->
            result.put(
                finding,
                by == ScoredBy.LABELS
                    ? (double) seen.findings().orElseThrow()[study][taught.indexOf(finding)]
                    : prompted.get(finding)));
    return result;
  }
}
