package io.radstream.model.objective;

import io.radstream.model.network.StudyBatch;
import java.util.Map;

/** Perplexity of a token, over all tokens that were predicted. */
final class PerplexityFigure implements ValidationFigures {

  private static final String NAME = "validation_perplexity";

  private final LanguageObjective objective;
  private double loss;
  private long tokens;

  PerplexityFigure(LanguageObjective objective) {
    this.objective = objective;
  }

  @Override
  public void add(StudyBatch batch, Evaluation found) {
    loss += found.losses().of(objective.name()).orElseThrow() * objective.count(batch);
    tokens += found.tokens();
  }

  @Override
  public Map<String, Double> values() {
    return Map.of(NAME, Math.exp(loss / tokens));
  }
}
