package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import io.radstream.model.explicit.Contrast;
import io.radstream.model.explicit.Operations;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.BatchLosses;
import io.radstream.model.objective.ContrastiveObjective;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Spelt out through one batch, part by part. In parts, or shared with others, a loss across the
 * batch still compares all of its studies, as {@link VectorPass} tells.
 *
 * @param kept whose manager lives as long as the step
 */
record ExplicitCourse(
    BatchPass pass, ExplicitPart part, Operations kept, Factors factors, List<StudyBatch> parts) {

  static ExplicitCourse of(
      BatchPass pass, ExplicitPart part, Operations kept, StudyBatch batch, double lossScale) {
    Factors factors =
        Factors.send(
            kept,
            pass.network(),
            pass.goals(),
            pass.goals().divisors(batch, pass.exchange()),
            lossScale);
    return new ExplicitCourse(pass, part, kept, factors, pass.parts(batch));
  }

  /** How a part is gone through. */
  interface Way {

    /** Vectors of studies and of reports; the caller's as long as the step. */
    List<NDArray> vectors(StudyBatch studies, PartSeed seed);

    /**
     * Adds the gradients to those of the parts before.
     *
     * @param pull as {@link ExplicitPart#learn} wants it
     * @return losses in the order of {@link ExplicitPart#learn}, which the device may still be
     *     computing
     */
    Supplier<List<Double>> learn(
        StudyBatch studies, Factors factors, Optional<Contrast.Found> pull, PartSeed seed);
  }

  /**
   * @param seed of everything random
   * @return the losses, which the device may still be computing
   */
  Supplier<BatchLosses> go(Way way, long seed) {
    Optional<Pull> pull =
        isWhole() ? Optional.empty() : part.contrast().map(contrast -> pull(way, contrast, seed));
    List<Supplier<List<Double>>> found = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < parts.size(); i++) {
      StudyBatch studies = parts.get(i);
      int first = from;
      found.add(
          way.learn(
              studies,
              factors,
              pull.map(all -> all.of(first, studies.size())),
              new PartSeed(seed, pass.first(parts) + i)));
      from += studies.size();
    }
    return () -> losses(found);
  }

  private boolean isWhole() {
    return parts.size() == 1 && pass.exchange().isAlone();
  }

  private BatchLosses losses(List<Supplier<List<Double>>> found) {
    PartLosses losses = new PartLosses(pass.goals());
    found.forEach(part -> losses.add(part.get()));
    return losses.total(pass.exchange());
  }

  /** What the loss of the whole batch finds, and the row at which the own share begins. */
  private record Pull(Contrast.Found found, long begin) {

    Contrast.Found of(long from, long count) {
      return found.rows(begin + from, count);
    }
  }

  private Pull pull(Way way, ContrastiveObjective objective, long seed) {
    List<List<NDArray>> vectors = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      vectors.add(way.vectors(parts.get(i), new PartSeed(seed, pass.first(parts) + i)));
    }
    Exchange.Gathered studies = all(vectors.stream().map(own -> own.get(0)));
    Exchange.Gathered reports = all(vectors.stream().map(own -> own.get(1)));
    return new Pull(
        ExplicitPart.find(kept, objective, studies.all(), reports.all(), factors), studies.begin());
  }

  private Exchange.Gathered all(Stream<NDArray> parts) {
    return pass.exchange().gather(Vectors.joinedRows(parts.toList()));
  }
}
