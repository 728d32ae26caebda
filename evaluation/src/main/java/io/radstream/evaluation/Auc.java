package io.radstream.evaluation;

import java.util.List;
import java.util.OptionalDouble;

/** Area under the ROC curve. */
public final class Auc {

  private Auc() {}

  /**
   * The probability that a study with the finding scores above one without it; ties count half
   * (Hanley and McNeil, Radiology 143, 1982).
   *
   * @return from 0 to 1, chance is 0.5; empty where either kind is missing
   */
  public static OptionalDouble of(List<Scored> scores) {
    Placements placements = new Placements(scores);
    if (placements.presentCount() == 0 || placements.absentCount() == 0) {
      return OptionalDouble.empty();
    }
    double wins = 0;
    for (double beaten : placements.winsOfPresent()) {
      wins += beaten;
    }
    return OptionalDouble.of(
        wins / ((double) placements.presentCount() * placements.absentCount()));
  }
}
