package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.explicit.Arrival;
import io.radstream.model.explicit.Card;
import io.radstream.model.explicit.Contrast;
import io.radstream.model.explicit.ExplicitForward;
import io.radstream.model.explicit.ExplicitNetwork;
import io.radstream.model.explicit.ExplicitScript;
import io.radstream.model.explicit.GradientSums;
import io.radstream.model.explicit.Operations;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.BatchLosses;
import io.radstream.model.training.StepObserver.Phase;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The way back is spelt out. */
record ExplicitProgram(
    BatchPass pass, ExplicitPart part, ExplicitScript script, LearningWeights learning)
    implements StepProgram {

  /**
   * @param card whose kernels do what is between products, where they can
   */
  static ExplicitProgram of(
      NDManager manager,
      BatchPass pass,
      Precision precision,
      LearningWeights learning,
      Optional<Card> card) {
    return new ExplicitProgram(
        pass,
        new ExplicitPart(
            ExplicitNetwork.of(pass.network(), card, manager, precision), pass.goals()),
        ExplicitScript.of(manager, precision),
        learning);
  }

  /** With digests of the operations and the kernels, so that others are another program. */
  @Override
  public String name() {
    return "explicit " + part.network().name(script);
  }

  @Override
  public PendingLosses backward(
      NDManager scratch, StudyBatch batch, long seed, Gradients gradients, StepObserver observer) {
    Operations kept = script.in(scratch);
    return TorchEngine.recording(
        false,
        () -> {
          ExplicitCourse course = ExplicitCourse.of(pass, part, kept, batch, gradients.lossScale());
          Through way = new Through(kept, gradients, observer, course.parts().size());
          BatchLosses losses = course.go(way, seed).get();
          way.end();
          return PendingLosses.of(losses);
        });
  }

  /**
   * A part at a time, whose memory is free again behind it. One that is all there is here of a
   * batch that is shared with others stays between the two passes, and is gone through once.
   */
  private final class Through implements ExplicitCourse.Way {

    private record Halfway(NDManager own, ExplicitForward forward, GradientSums into) {}

    private final Operations kept;
    private final Gradients gradients;
    private final StepObserver observer;
    private final GradientSums sums;
    private final boolean one;

    /** Parts that are still to be gone back through. */
    private int left;

    private Optional<Halfway> halfway = Optional.empty();

    /**
     * @param parts that there are
     */
    private Through(Operations kept, Gradients gradients, StepObserver observer, int parts) {
      this.left = parts;
      this.one = parts == 1;
      this.kept = kept;
      this.gradients = gradients;
      this.observer = observer;
      this.sums = learning.sums(kept, this::behind);
    }

    @Override
    public List<NDArray> vectors(StudyBatch studies, PartSeed seed) {
      seed.run();
      if (one) {
        return ExplicitPart.vectors(halfway(studies, seed).forward());
      }
      try (NDManager own = kept.manager().newSubManager()) {
        Operations within = script.in(own);
        return part.vectors(within, send(within, studies, seed), sums).stream()
            .map(vectors -> Vectors.kept(kept.manager(), vectors))
            .toList();
      }
    }

    /** The way there, and memory that lasts until {@link #learn} has gone back. */
    private Halfway halfway(StudyBatch studies, PartSeed seed) {
      NDManager own = kept.manager().newSubManager();
      Operations within = script.in(own);
      GradientSums into = pass.division().isSharded() ? learning.sums(within, this::behind) : sums;
      Halfway begun =
          new Halfway(own, part.network().forward(within, send(within, studies, seed), into), into);
      halfway = Optional.of(begun);
      return begun;
    }

    @Override
    public Supplier<List<Double>> learn(
        StudyBatch studies, Factors factors, Optional<Contrast.Found> pull, PartSeed seed) {
      if (halfway.isEmpty()) {
        seed.run();
      }
      Halfway begun = halfway.orElseGet(() -> halfway(studies, seed));
      halfway = Optional.empty();
      try (NDManager own = begun.own()) {
        List<NDArray> found =
            part.learn(
                script.in(own),
                begun.forward(),
                factors,
                pull,
                pass.division().isSharded() ? seed.behindVectors() : () -> {},
                () -> observer.done(Phase.FORWARD));
        left--;
        List<Double> losses = found.stream().map(WeightedSum::value).toList();
        if (pass.division().isSharded()) {
          gradients.take(begun.into().list());
        }
        observer.done(Phase.BACKWARD);
        return () -> losses;
      }
    }

    /** Others may have what the last part leaves behind. */
    private void behind(GradientSums found, NetworkPart part, int block) {
      if (left == 1 && pass.exchange().isEarly()) {
        gradients.leave(pass.exchange(), found, part, block);
      }
    }

    private void end() {
      if (!pass.division().isSharded()) {
        gradients.take(sums.list());
      }
    }

    private Arrival send(Operations own, StudyBatch studies, PartSeed seed) {
      return part.network()
          .send(own, pass.goals().objectives(), studies, false, seed.step(), seed.part());
    }
  }
}
