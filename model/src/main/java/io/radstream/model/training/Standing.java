package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.explicit.Arrival;
import io.radstream.model.explicit.Contrast;
import io.radstream.model.explicit.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Arrays that stand for as long as the network, and what is computed on them. What is asked of the
 * device depends on nothing but sizes.
 *
 * @param sums gradients
 * @param factors of the step
 * @param losses of the last part, as {@link ExplicitPart#learn} gives them
 */
record Standing(
    Operations operations,
    ExplicitPart part,
    LearningWeights learning,
    List<NDArray> sums,
    Factors factors,
    NDArray losses) {

  static Standing of(Operations operations, ExplicitPart part, LearningWeights learning) {
    NDManager manager = operations.manager();
    Goals goals = part.goals();
    int losses = goals.acrossBatch().size() + goals.perStudy().size();
    return new Standing(
        operations,
        part,
        learning,
        learning.zeros(manager),
        new Factors(manager.zeros(new Shape(Factors.count(goals)))),
        manager.zeros(new Shape(losses)));
  }

  /** What {@link #learn} changes. */
  List<NDArray> learned() {
    List<NDArray> all = new ArrayList<>(sums);
    all.add(losses);
    return all;
  }

  /**
   * There and back.
   *
   * @param more whether gradients are added to those of parts before
   */
  void learn(Arrival arrival, Optional<Contrast.Found> pull, boolean more) {
    try (NDManager own = operations.manager().newSubManager()) {
      Operations within = operations.in(own);
      List<NDArray> found =
          part.learn(within, arrival, factors, pull, learning.into(sums, within, more), () -> {});
      for (int i = 0; i < found.size(); i++) {
        within.put(within.part(losses, i, i + 1L), found.get(i));
      }
    }
  }

  /** Vectors of studies and of reports, into arrays. */
  void vectors(Arrival arrival, List<NDArray> to) {
    try (NDManager own = operations.manager().newSubManager()) {
      Operations within = operations.in(own);
      List<NDArray> found = part.vectors(within, arrival, learning.into(sums, within, false));
      for (int i = 0; i < found.size(); i++) {
        within.put(to.get(i), found.get(i));
      }
    }
  }
}
