package io.radstream.serving.score;

import io.radstream.model.explain.ExplainedScore;
import io.radstream.model.explain.MapKind;

/** What is to be explained, and by which map. */
public sealed interface ExplainedQuestion {

  MapKind kind();

  /**
   * @throws InvalidQuestionException where the model does not score it
   * @throws NotCapableException where a network of its kind cannot
   */
  ExplainedScore of(ScoringModel model);

  /** A finding of the default set. */
  record Finding(String name, MapKind kind) implements ExplainedQuestion {

    @Override
    public ExplainedScore of(ScoringModel model) {
      return model
          .finding(name)
          .orElseThrow(
              () ->
                  new InvalidQuestionException(
                      "the checkpoint scores no finding of that name, but "
                          + String.join(", ", model.findingNames())));
    }
  }

  /** A sentence as reports have them. */
  record Words(String text, MapKind kind) implements ExplainedQuestion {

    @Override
    public ExplainedScore of(ScoringModel model) {
      return model.words(text);
    }
  }
}
