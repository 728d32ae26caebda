package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.explicit.Contrast;
import io.radstream.model.explicit.ExplicitForward;
import io.radstream.model.explicit.ExplicitNetwork;
import io.radstream.model.explicit.ExplicitScript;
import io.radstream.model.explicit.GradientSums;
import io.radstream.model.explicit.Operations;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.BatchLosses;
import io.radstream.model.objective.ContrastiveObjective;
import io.radstream.model.objective.LabelObjective;
import io.radstream.model.objective.LanguageObjective;
import io.radstream.model.objective.Objective;
import io.radstream.model.training.Goals.Goal;
import io.radstream.model.training.StepObserver.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way back is spelt out. In parts, or shared with others, a loss across the batch still
 * compares all of its studies, as {@link VectorPass} tells.
 */
record ExplicitProgram(
    BatchPass pass, ExplicitNetwork network, ExplicitScript script, LearningWeights learning)
    implements StepProgram {

  static ExplicitProgram of(
      NDManager manager, BatchPass pass, Precision precision, LearningWeights learning) {
    return new ExplicitProgram(
        pass, new ExplicitNetwork(pass.network()), ExplicitScript.of(manager, precision), learning);
  }

  /** With a digest of the operations, so that others are another program. */
  @Override
  public String name() {
    return "explicit " + script.name();
  }

  @Override
  public BatchLosses backward(
      NDManager scratch, StudyBatch batch, long seed, Gradients gradients, StepObserver observer) {
    return TorchEngine.recording(
        false, () -> new Course(scratch, batch, seed, gradients, observer).backward());
  }

  /** One batch. */
  private final class Course {

    private final Operations kept;
    private final List<StudyBatch> parts;
    private final long seed;
    private final Gradients gradients;
    private final StepObserver observer;
    private final GradientSums sums;
    private final List<Double> divisors;
    private final Map<String, Double> losses;

    private Course(
        NDManager scratch,
        StudyBatch batch,
        long seed,
        Gradients gradients,
        StepObserver observer) {
      this.kept = script.in(scratch);
      this.parts = batch.parts(pass.microBatch());
      this.seed = seed;
      this.gradients = gradients;
      this.observer = observer;
      this.sums = learning.sums(kept);
      this.divisors = pass.goals().divisors(batch, pass.exchange());
      this.losses = pass.goals().zeros();
    }

    private BatchLosses backward() {
      Optional<Pull> pull = isWhole() ? Optional.empty() : contrast().map(this::pull);
      int from = 0;
      for (int i = 0; i < parts.size(); i++) {
        TorchEngine.seed(seed, i);
        try (NDManager own = kept.manager().newSubManager()) {
          backward(script.in(own), parts.get(i), pull, from);
        }
        from += parts.get(i).size();
      }
      pass.goals()
          .perStudy()
          .forEach(
              goal ->
                  losses.compute(goal.objective().name(), (name, sum) -> pass.exchange().sum(sum)));
      gradients.take(sums.list());
      return pass.goals().total(losses);
    }

    private boolean isWhole() {
      return parts.size() == 1 && pass.exchange().isAlone();
    }

    private void backward(Operations own, StudyBatch part, Optional<Pull> pull, int from) {
      ExplicitForward forward = network.forward(own, part, sums);
      Optional<Contrast.Found> found =
          pull.map(all -> all.of(from, part.size()))
              .or(() -> contrast().map(contrast -> found(own, forward, contrast)));
      List<NDArray> shares = shares(forward);
      observer.done(Phase.FORWARD);
      found.ifPresent(forward::pull);
      forward.back();
      note(found, shares);
      observer.done(Phase.BACKWARD);
    }

    private List<NDArray> shares(ExplicitForward forward) {
      List<NDArray> shares = new ArrayList<>();
      for (int i = 0; i < divisors.size(); i++) {
        Objective objective = pass.goals().perStudy().get(i).objective();
        shares.add(share(forward, objective, divisors.get(i)));
      }
      return shares;
    }

    private NDArray share(ExplicitForward forward, Objective objective, double divisor) {
      double weight = weight(objective);
      return objective instanceof LanguageObjective language
          ? forward.language(language, divisor, weight)
          : forward.labels((LabelObjective) objective, divisor, weight);
    }

    private double weight(Objective objective) {
      return objective.weight() * gradients.lossScale();
    }

    private Contrast.Found found(
        Operations own, ExplicitForward forward, ContrastiveObjective objective) {
      return new Contrast(objective.settings())
          .find(own, forward.studies(), forward.reports(), weight(objective));
    }

    private void note(Optional<Contrast.Found> found, List<NDArray> shares) {
      found.ifPresent(
          contrast -> losses.put(ContrastiveObjective.NAME, WeightedSum.value(contrast.loss())));
      for (int i = 0; i < shares.size(); i++) {
        double value = WeightedSum.value(shares.get(i));
        losses.merge(pass.goals().perStudy().get(i).objective().name(), value, Double::sum);
      }
    }

    private Optional<ContrastiveObjective> contrast() {
      return pass.goals().acrossBatch().stream()
          .map(Goal::objective)
          .map(ContrastiveObjective.class::cast)
          .findFirst();
    }

    /** What the loss of the whole batch finds, and the row at which the own share begins. */
    private record Pull(Contrast.Found found, long begin) {

      Contrast.Found of(long from, long count) {
        return found.rows(begin + from, count);
      }
    }

    private Pull pull(ContrastiveObjective objective) {
      List<NDArray> studies = new ArrayList<>();
      List<NDArray> reports = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        TorchEngine.seed(seed, i);
        try (NDManager own = kept.manager().newSubManager()) {
          ExplicitForward forward = network.forward(script.in(own), parts.get(i), sums);
          studies.add(Vectors.kept(kept.manager(), forward.studies()));
          reports.add(Vectors.kept(kept.manager(), forward.reports()));
        }
      }
      Exchange.Gathered all = pass.exchange().gather(Vectors.joinedRows(studies));
      return new Pull(
          new Contrast(objective.settings())
              .find(
                  kept,
                  all.all(),
                  pass.exchange().gather(Vectors.joinedRows(reports)).all(),
                  weight(objective)),
          all.begin());
    }
  }
}
