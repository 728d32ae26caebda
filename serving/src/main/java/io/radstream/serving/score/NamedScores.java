package io.radstream.serving.score;

import java.util.Map;
import java.util.Optional;

/** A study's scores by sets of findings, worked out when they are asked for. */
@FunctionalInterface
interface NamedScores {

  /** Probabilities of one set, and where each comes from, in one order. */
  record Scores(Map<String, Double> probabilities, Map<String, ScoredBy> scoredBy) {}

  /** Empty where the network can score none of the set. */
  Optional<Scores> in(String set);
}
