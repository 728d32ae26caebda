package io.radstream.model.explain;

import java.util.List;

/**
 * Where a score of a study comes from.
 *
 * @param logOdds the score
 * @param views a map for each of the three views that the network saw; they share one scale, on
 *     which 1 is the highest value of the study and 0 the lowest; all are 0 where they are the same
 */
public record StudyMaps(double logOdds, List<PatchMap> views) {

  public StudyMaps {
    views = List.copyOf(views);
  }
}
