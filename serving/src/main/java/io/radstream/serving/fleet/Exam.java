package io.radstream.serving.fleet;

import io.radstream.serving.score.StudyScoring;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The models that a policy may put studies before while it judges. They stay open until it has
 * judged, and no longer.
 *
 * @param candidate the one to be judged; empty where it could not be loaded
 * @param live the one that answers, if there is one
 * @param stopped whether the service stops, so that there is nothing to judge any more
 */
public record Exam(
    Optional<StudyScoring> candidate, Optional<StudyScoring> live, BooleanSupplier stopped) {

  /** Nobody to be examined. */
  public static final Exam NONE = new Exam(Optional.empty(), Optional.empty(), () -> false);

  /**
   * To be called between the parts of a long examination.
   *
   * @throws JudgingStoppedException where the service stops
   */
  public void requireGoingOn() {
    if (stopped.getAsBoolean()) {
      throw new JudgingStoppedException();
    }
  }
}
