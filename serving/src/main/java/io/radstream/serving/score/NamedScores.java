package io.radstream.serving.score;

import java.util.Map;
import java.util.Optional;

/** A study's scores by sets of findings, worked out when they are asked for. */
@FunctionalInterface
interface NamedScores {

  /** Probabilities of one set, where each comes from, in one order, and how to read them. */
  record Scores(
      Map<String, Double> probabilities, Map<String, ScoredBy> scoredBy, Reading reading) {}

  /** Empty where the network can score none of the set. */
  Optional<Scores> in(String set);
}
