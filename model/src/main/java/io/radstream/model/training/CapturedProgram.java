package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.engine.Readings;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.engine.WorkRecorder;
import io.radstream.model.explicit.Arrival;
import io.radstream.model.explicit.Contrast;
import io.radstream.model.explicit.ExplicitNetwork;
import io.radstream.model.explicit.ExplicitScript;
import io.radstream.model.explicit.Operations;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.BatchLosses;
import io.radstream.model.training.StepObserver.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The way back is spelt out, over batches whose sizes are rounded up: few differ, and what is
 * computed of those of the same sizes a device that can record work does at once. With and without
 * a recorder the bits are the same.
 */
final class CapturedProgram implements StepProgram {

  /** Sizes that arrays and recorded work are kept for; batches of others take their own. */
  private static final int MOST = 64;

  private final BatchPass pass;
  private final ExplicitPart part;
  private final ExplicitScript script;
  private final Standing standing;
  private final Recordings recordings;
  private final Readings readings;
  private final Map<Arrival.Sizes, StandingPart> known = new HashMap<>();

  /** By their number: parts come one after the other. */
  private final Map<Long, NDArray> pictures = new HashMap<>();

  private CapturedProgram(
      BatchPass pass, ExplicitScript script, Standing standing, Recordings recordings) {
    this.pass = pass;
    this.part = standing.part();
    this.script = script;
    this.standing = standing;
    this.recordings = recordings;
    this.readings = Readings.of(standing.operations().manager());
  }

  /**
   * @param manager lives as long as the network
   * @param recorder of its device; empty where that has none
   */
  static CapturedProgram of(
      NDManager manager,
      BatchPass pass,
      ExplicitNetwork network,
      ExplicitScript script,
      LearningWeights learning,
      Optional<WorkRecorder> recorder) {
    ExplicitPart part = new ExplicitPart(network, pass.goals());
    return new CapturedProgram(
        pass,
        script,
        Standing.of(script.in(manager), part, learning),
        new Recordings(recorder, MOST));
  }

  /** With digests of the operations and the kernels, so that others are another program. */
  @Override
  public String name() {
    return "captured " + part.network().name(script);
  }

  @Override
  public PendingLosses backward(
      NDManager scratch, StudyBatch batch, long seed, Gradients gradients, StepObserver observer) {
    Operations kept = script.in(scratch);
    return TorchEngine.recording(
        false,
        () -> {
          ExplicitCourse course = ExplicitCourse.of(pass, part, kept, batch, gradients.lossScale());
          standing.factors().take(course.factors(), kept);
          Through way = new Through(kept, gradients);
          Supplier<BatchLosses> losses = course.go(way, seed);
          observer.done(Phase.BACKWARD);
          if (!pass.division().isSharded()) {
            gradients.takeLasting(standing.sums());
          }
          return new Unread(losses, way.losses);
        });
  }

  @Override
  public void close() {
    recordings.close();
    readings.close();
  }

  /** A part at a time, into the arrays of its sizes. */
  private final class Through implements ExplicitCourse.Way {

    private final Operations kept;
    private final Gradients gradients;
    private final List<NDArray> losses = new ArrayList<>();

    private Through(Operations kept, Gradients gradients) {
      this.kept = kept;
      this.gradients = gradients;
    }

    @Override
    public List<NDArray> vectors(StudyBatch studies, PartSeed seed) {
      return at(studies, seed).vectors(kept, seed);
    }

    @Override
    public Supplier<List<Double>> learn(
        StudyBatch studies, Factors factors, Optional<Contrast.Found> pull, PartSeed seed) {
      boolean sharded = pass.division().isSharded();
      at(studies, seed).learn(pull, !sharded && !losses.isEmpty(), seed);
      if (sharded) {
        gradients.takeShard(standing.sums());
      }
      losses.add(kept.copy(standing.losses()));
      Readings.Reading reading = readings.of(standing.losses());
      return () -> doubles(reading.numbers());
    }

    private StandingPart at(StudyBatch studies, PartSeed seed) {
      try (NDManager own = kept.manager().newSubManager()) {
        Arrival next =
            part.network()
                .send(
                    script.in(own),
                    pass.goals().objectives(),
                    studies,
                    true,
                    seed.step(),
                    seed.part());
        StandingPart standingPart = known.get(next.sizes());
        if (standingPart == null) {
          return made(next);
        }
        standingPart.take(next);
        return standingPart;
      }
    }

    private StandingPart made(Arrival first) {
      if (known.size() == MOST) {
        Recordings none = new Recordings(Optional.empty(), 0);
        return new StandingPart(standing, none, kept, kept.copy(first.images()), first);
      }
      Operations lasting = standing.operations();
      NDArray images =
          pictures.computeIfAbsent(first.sizes().images(), any -> lasting.copy(first.images()));
      StandingPart made = new StandingPart(standing, recordings, lasting, images, first);
      known.put(first.sizes(), made);
      return made;
    }
  }

  private static List<Double> doubles(float... numbers) {
    return IntStream.range(0, numbers.length).mapToObj(i -> (double) numbers[i]).toList();
  }

  /**
   * Losses that stand on the device.
   *
   * @param scalars of each part
   */
  private record Unread(Supplier<BatchLosses> losses, List<NDArray> scalars)
      implements PendingLosses {

    @Override
    public BatchLosses read() {
      return losses.get();
    }
  }
}
