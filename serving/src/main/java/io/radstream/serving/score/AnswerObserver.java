package io.radstream.serving.score;

/**
 * Told of what models make of studies, on the threads that compute answers; so it must return at
 * once. What it throws is logged, and changes no answer.
 */
public interface AnswerObserver {

  /** Nobody who wants to know. */
  AnswerObserver NONE = new AnswerObserver() {};

  /** A model answered a request. */
  default void answered(ModelIdentity model) {}

  /**
   * A model failed on a request, or gave what is no number.
   *
   * @param failure the same one for all studies of a pass
   */
  default void failed(ModelIdentity model, Throwable failure) {}

  /** The live model and one on trial scored the same study. */
  default void compared(ScoredStudy live, ScoredStudy trial) {}

  /** One of the two scored a study, and the other, that was to score it beside, did not. */
  default void uncompared(ModelIdentity live, ModelIdentity trial, Uncompared why) {}

  /** Both are told. */
  default AnswerObserver and(AnswerObserver other) {
    AnswerObserver one = this;
    return new AnswerObserver() {
      @Override
      public void answered(ModelIdentity model) {
        one.answered(model);
        other.answered(model);
      }

      @Override
      public void failed(ModelIdentity model, Throwable failure) {
        one.failed(model, failure);
        other.failed(model, failure);
      }

      @Override
      public void compared(ScoredStudy live, ScoredStudy trial) {
        one.compared(live, trial);
        other.compared(live, trial);
      }

      @Override
      public void uncompared(ModelIdentity live, ModelIdentity trial, Uncompared why) {
        one.uncompared(live, trial, why);
        other.uncompared(live, trial, why);
      }
    };
  }
}
