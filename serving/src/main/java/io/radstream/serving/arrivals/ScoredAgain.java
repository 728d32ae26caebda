package io.radstream.serving.arrivals;

import java.util.Optional;

/** What came of scoring one study again. */
sealed interface ScoredAgain {

  /**
   * @param otherMeans in what it was computed otherwise; empty where it was by the same means
   */
  record Same(Optional<String> otherMeans) implements ScoredAgain {}

  /** The study could not be scored the first time: there is nothing to compare. */
  record Refused() implements ScoredAgain {}

  /**
   * @param why one of few sentences, without what is particular to the study
   */
  record NotAgain(String why) implements ScoredAgain {}

  /**
   * @param what differs, for people
   */
  record Different(String what, Optional<String> otherMeans) implements ScoredAgain {}
}
