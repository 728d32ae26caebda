package io.radstream.model.config;

import static io.radstream.model.config.ModelConfig.require;

import java.util.Set;

/**
 * How a report is searched for. Of the reports that are found, the one with the highest score is
 * given: the sum of the tokens' log-probabilities, divided by (number of predicted tokens) to the
 * power of {@code lengthPenalty}.
 *
 * @param startToken first of every report; never chosen
 * @param endToken last of every report, but for one that is cut at its greatest length
 * @param beams reports that are followed at a time; 1 for greedy search
 * @param minTokens the end token is not chosen before a report has so many with it, start token
 *     included
 * @param maxTokens a report is cut at so many, start and end token included; also at the longest
 *     report of the network
 * @param lengthPenalty at least 0: 0 prefers short reports, 1 compares mean log-probabilities
 * @param repetitionPenalty θ of Keskar et al., 2019 ("CTRL", section 4.1), at least 1: logits of
 *     tokens that the report has already are divided by it, negative ones multiplied, so that both
 *     fall; 1 for none
 * @param noRepeatNgram no sequence of so many tokens comes twice (Paulus et al., 2017, section
 *     2.5); 0 for no such rule
 * @param forbidden tokens that are never chosen
 */
public record Generation(
    int startToken,
    int endToken,
    int beams,
    int minTokens,
    int maxTokens,
    double lengthPenalty,
    double repetitionPenalty,
    int noRepeatNgram,
    Set<Integer> forbidden) {

  /** Start token, end token. */
  private static final int SHORTEST = 2;

  public Generation {
    forbidden = Set.copyOf(forbidden);
    require(startToken >= 0, "generation.startToken (at least 0)", startToken);
    require(
        endToken >= 0 && endToken != startToken,
        "generation.endToken (at least 0, not the start token)",
        endToken);
    require(beams > 0, "generation.beams (at least 1)", beams);
    require(minTokens >= 0, "generation.minTokens (at least 0)", minTokens);
    require(
        maxTokens >= SHORTEST && maxTokens >= minTokens,
        "generation.maxTokens (at least 2, and minTokens)",
        maxTokens);
    require(
        lengthPenalty >= 0 && Double.isFinite(lengthPenalty),
        "generation.lengthPenalty (at least 0)",
        lengthPenalty);
    require(
        repetitionPenalty >= 1 && Double.isFinite(repetitionPenalty),
        "generation.repetitionPenalty (at least 1)",
        repetitionPenalty);
    require(noRepeatNgram >= 0, "generation.noRepeatNgram (at least 0)", noRepeatNgram);
    require(
        forbidden.stream().allMatch(token -> token >= 0 && token != endToken),
        "generation.forbidden (at least 0, not the end token)",
        forbidden);
  }

  /** The most probable token, again and again; as long as the network can, nothing forbidden. */
  public static Generation greedy(int startToken, int endToken) {
    return beam(startToken, endToken, 1);
  }

  /** Compares mean log-probabilities; as long as the network can, nothing forbidden. */
  public static Generation beam(int startToken, int endToken, int beams) {
    return new Generation(
        startToken, endToken, beams, SHORTEST, Integer.MAX_VALUE, 1, 1, 0, Set.of());
  }

  /** The same with so many reports followed at a time. */
  public Generation withBeams(int other) {
    return new Generation(
        startToken,
        endToken,
        other,
        minTokens,
        maxTokens,
        lengthPenalty,
        repetitionPenalty,
        noRepeatNgram,
        forbidden);
  }

  /** The same within other limits, start and end token included. */
  public Generation withTokens(int min, int max) {
    return new Generation(
        startToken,
        endToken,
        beams,
        min,
        max,
        lengthPenalty,
        repetitionPenalty,
        noRepeatNgram,
        forbidden);
  }

  /** The same with another preference for short or long reports. */
  public Generation withLengthPenalty(double other) {
    return new Generation(
        startToken,
        endToken,
        beams,
        minTokens,
        maxTokens,
        other,
        repetitionPenalty,
        noRepeatNgram,
        forbidden);
  }

  /** The same with other rules against repetition. */
  public Generation withRepetition(double penalty, int ngram) {
    return new Generation(
        startToken,
        endToken,
        beams,
        minTokens,
        maxTokens,
        lengthPenalty,
        penalty,
        ngram,
        forbidden);
  }

  /** The same with these tokens forbidden, and no others. */
  public Generation withForbidden(Set<Integer> tokens) {
    return new Generation(
        startToken,
        endToken,
        beams,
        minTokens,
        maxTokens,
        lengthPenalty,
        repetitionPenalty,
        noRepeatNgram,
        tokens);
  }

  /** Refuses what a network cannot follow. */
  public void requireFit(ModelConfig.Decoder decoder) {
    int vocabulary = decoder.vocabulary();
    require(
        startToken < vocabulary,
        "generation.startToken (below the vocabulary, " + vocabulary + ")",
        startToken);
    require(
        endToken < vocabulary,
        "generation.endToken (below the vocabulary, " + vocabulary + ")",
        endToken);
    require(
        forbidden.stream().allMatch(token -> token < vocabulary),
        "generation.forbidden (below the vocabulary, " + vocabulary + ")",
        forbidden);
    require(
        minTokens <= decoder.maxTokens(),
        "generation.minTokens (at most the network's longest report, " + decoder.maxTokens() + ")",
        minTokens);
  }
}
