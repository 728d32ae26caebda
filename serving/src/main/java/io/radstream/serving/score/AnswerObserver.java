package io.radstream.serving.score;

/**
 * Told of what models make of studies, on the threads that compute answers; so it must return at
 * once, and must not throw.
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
}
