package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import io.radstream.model.explicit.Arrival;
import io.radstream.model.explicit.Contrast;
import io.radstream.model.explicit.ExplicitForward;
import io.radstream.model.explicit.ExplicitNetwork;
import io.radstream.model.explicit.GradientSums;
import io.radstream.model.explicit.Operations;
import io.radstream.model.objective.ContrastiveObjective;
import io.radstream.model.objective.LanguageObjective;
import io.radstream.model.training.Goals.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The way through a part of a batch, spelt out: there, and back from its losses. */
record ExplicitPart(ExplicitNetwork network, Goals goals) {

  /** That compares studies with each other. */
  Optional<ContrastiveObjective> contrast() {
    return goals.acrossBatch().stream()
        .map(Goal::objective)
        .map(ContrastiveObjective.class::cast)
        .findFirst();
  }

  /**
   * There and back.
   *
   * @param operations whose manager keeps what is needed on the way
   * @param pull what the loss of the whole batch finds for these studies; empty where they are the
   *     whole batch
   * @param turning is told where the way back begins
   * @return scalars: the loss across the batch where there is one, then those over studies
   */
  List<NDArray> learn(
      Operations operations,
      Arrival part,
      Factors factors,
      Optional<Contrast.Found> pull,
      GradientSums sums,
      Runnable turning) {
    return learn(
        operations, network.forward(operations, part, sums), factors, pull, () -> {}, turning);
  }

  /**
   * The same, from where {@link #vectors} has come to.
   *
   * @param drawing is told before anything is drawn that is behind the vectors
   */
  List<NDArray> learn(
      Operations operations,
      ExplicitForward forward,
      Factors factors,
      Optional<Contrast.Found> pull,
      Runnable drawing,
      Runnable turning) {
    Optional<Contrast.Found> found =
        pull.or(
            () ->
                contrast()
                    .map(
                        contrast ->
                            find(
                                operations,
                                contrast,
                                forward.studies(),
                                forward.reports(),
                                factors)));
    drawing.run();
    List<NDArray> losses = new ArrayList<>();
    found.ifPresent(across -> losses.add(across.loss()));
    for (int i = 0; i < goals.perStudy().size(); i++) {
      losses.add(
          goals.perStudy().get(i).objective() instanceof LanguageObjective
              ? forward.language(factors.perStudy(operations, i))
              : forward.labels(factors.perStudy(operations, i)));
    }
    turning.run();
    found.ifPresent(forward::pull);
    forward.back();
    return losses;
  }

  /** Vectors of studies and of reports, for the loss of the whole batch. */
  List<NDArray> vectors(Operations operations, Arrival part, GradientSums sums) {
    return vectors(network.forward(operations, part, sums));
  }

  static List<NDArray> vectors(ExplicitForward forward) {
    return List.of(forward.studies(), forward.reports());
  }

  static Contrast.Found find(
      Operations operations,
      ContrastiveObjective objective,
      NDArray studies,
      NDArray reports,
      Factors factors) {
    return new Contrast(objective.settings())
        .find(operations, studies, reports, factors.across(operations));
  }
}
