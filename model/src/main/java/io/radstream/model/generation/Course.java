package io.radstream.model.generation;

import java.util.List;

/** How a study comes to its report, token by token. */
sealed interface Course permits StudyBeam, SampledReport {

  /** Reports to be continued; none at the end. */
  List<Hypothesis> live();

  /**
   * One token more.
   *
   * @param next for each live report, the log-probability of each token
   * @return for each report that is live then, the index of the one that it continues
   */
  List<Integer> advance(List<double[]> next);

  /** The best report so far that is finished. */
  GeneratedReport best();

  /** Reports of which one is given in the end, or begins the one that is. */
  List<Hypothesis> hopes();
}
