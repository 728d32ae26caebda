package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.explicit.Arrival;
import io.radstream.model.explicit.Contrast;
import io.radstream.model.explicit.ExplicitNetwork;
import io.radstream.model.explicit.ExplicitScript;
import io.radstream.model.explicit.GradientSums;
import io.radstream.model.explicit.Operations;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.BatchLosses;
import io.radstream.model.objective.ContrastiveObjective;
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
    BatchPass pass, ExplicitPart part, ExplicitScript script, LearningWeights learning)
    implements StepProgram {

  static ExplicitProgram of(
      NDManager manager, BatchPass pass, Precision precision, LearningWeights learning) {
    return new ExplicitProgram(
        pass,
        new ExplicitPart(new ExplicitNetwork(pass.network()), pass.goals()),
        ExplicitScript.of(manager, precision),
        learning);
  }

  /** With a digest of the operations, so that others are another program. */
  @Override
  public String name() {
    return "explicit " + script.name();
  }

  @Override
  public PendingLosses backward(
      NDManager scratch, StudyBatch batch, long seed, Gradients gradients, StepObserver observer) {
    return PendingLosses.of(
        TorchEngine.recording(
            false, () -> new Course(scratch, batch, seed, gradients, observer).backward()));
  }

  /** One batch. */
  private final class Course {

    private final Operations kept;
    private final List<StudyBatch> parts;
    private final long seed;
    private final Gradients gradients;
    private final StepObserver observer;
    private final GradientSums sums;
    private final Factors factors;
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
      this.factors =
          Factors.send(
              kept,
              pass.network(),
              pass.goals(),
              pass.goals().divisors(batch, pass.exchange()),
              gradients.lossScale());
      this.losses = pass.goals().zeros();
    }

    private BatchLosses backward() {
      Optional<Pull> pull = isWhole() ? Optional.empty() : part.contrast().map(this::pull);
      int from = 0;
      for (int i = 0; i < parts.size(); i++) {
        TorchEngine.seed(seed, i);
        try (NDManager own = kept.manager().newSubManager()) {
          backward(script.in(own), parts.get(i), pull, from);
        }
        from += parts.get(i).size();
      }
      gradients.take(sums.list());
      return pass.goals().total(pass.shared(losses));
    }

    private boolean isWhole() {
      return parts.size() == 1 && pass.exchange().isAlone();
    }

    private void backward(Operations own, StudyBatch studies, Optional<Pull> pull, int from) {
      List<NDArray> found =
          part.learn(
              own,
              send(own, studies),
              factors,
              pull.map(all -> all.of(from, studies.size())),
              sums,
              () -> observer.done(Phase.FORWARD));
      part.goals().add(found.stream().map(WeightedSum::value).toList(), losses);
      observer.done(Phase.BACKWARD);
    }

    private Arrival send(Operations own, StudyBatch studies) {
      return part.network().send(own, pass.goals().objectives(), studies, false);
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
          Operations within = script.in(own);
          List<NDArray> vectors = part.vectors(within, send(within, parts.get(i)), sums);
          studies.add(Vectors.kept(kept.manager(), vectors.get(0)));
          reports.add(Vectors.kept(kept.manager(), vectors.get(1)));
        }
      }
      Exchange.Gathered all = pass.exchange().gather(Vectors.joinedRows(studies));
      NDArray texts = pass.exchange().gather(Vectors.joinedRows(reports)).all();
      return new Pull(ExplicitPart.find(kept, objective, all.all(), texts, factors), all.begin());
    }
  }
}
