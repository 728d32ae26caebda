package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import io.radstream.model.config.Objectives;
import io.radstream.model.engine.Scaling;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.RefersNetwork.Representation;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.BatchLosses;
import io.radstream.model.objective.LossDivisors;
import io.radstream.model.objective.Losses;
import io.radstream.model.objective.NetworkLosses;
import io.radstream.model.training.StepObserver.Phase;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Forward and backward over a batch. In parts, the contrastive loss still compares all studies of
 * the batch: a first pass gives every vector, the loss gives a gradient for each vector, and a
 * second pass carries it, part by part, to the weights (Gao et al., 2021, "Scaling Deep Contrastive
 * Learning Batch Size under Memory Limited Setup"). Memory is that of one part.
 */
public final class BatchPass {

  private final RefersNetwork network;
  private final NetworkLosses losses;
  private final Objectives objectives;
  private final int microBatch;

  /**
   * @param microBatch studies of a part; 0 for the whole batch
   */
  public BatchPass(RefersNetwork network, int microBatch) {
    this.network = network;
    this.losses = new NetworkLosses(network);
    this.objectives = network.config().objectives();
    this.microBatch = microBatch;
  }

  /**
   * @param seed of everything random
   * @param back goes back from a part of the loss
   */
  public BatchLosses backward(
      NDManager scratch,
      StudyBatch batch,
      long seed,
      Consumer<NDArray> back,
      StepObserver observer) {
    LossDivisors divisors = LossDivisors.of(batch, network.config());
    if (microBatch == 0 || microBatch >= batch.size()) {
      TorchEngine.seed(seed, 0);
      Sum sum = forward(scratch, batch, divisors, true);
      observer.done(Phase.FORWARD);
      back.accept(sum.total());
      BatchLosses found = sum.losses();
      observer.done(Phase.BACKWARD);
      return found;
    }
    return inParts(scratch, batch.parts(microBatch), divisors, seed, back, observer);
  }

  private Sum forward(
      NDManager scratch, StudyBatch batch, LossDivisors divisors, boolean training) {
    Representation representation = network.represent(scratch, batch, training);
    return new Sum(
        losses.contrastive(representation),
        losses.language(scratch, batch, representation.study(), divisors.language(), training),
        losses.labels(scratch, batch, representation.study(), divisors.labels()),
        objectives);
  }

  private BatchLosses inParts(
      NDManager scratch,
      List<StudyBatch> parts,
      LossDivisors divisors,
      long seed,
      Consumer<NDArray> back,
      StepObserver observer) {
    Optional<Pull> pull =
        network.text().isPresent()
            ? Optional.of(
                pull(scratch, TorchEngine.recording(false, () -> vectors(scratch, parts, seed))))
            : Optional.empty();
    BatchLosses total = new BatchLosses(pull.map(Pull::contrastive).orElse(0.0), 0, 0);
    for (int i = 0; i < parts.size(); i++) {
      TorchEngine.seed(seed, i);
      try (NDManager own = scratch.newSubManager()) {
        StudyBatch part = parts.get(i);
        Representation found = network.represent(own, part, true);
        int from = i * microBatch;
        Sum sum =
            new Sum(
                pull.map(whole -> whole.on(found, from)),
                losses.language(own, part, found.study(), divisors.language(), true),
                losses.labels(own, part, found.study(), divisors.labels()),
                objectives);
        observer.done(Phase.FORWARD);
        back.accept(sum.total());
        BatchLosses share = sum.losses();
        observer.done(Phase.BACKWARD);
        total = total.plus(new BatchLosses(0, share.language(), share.labels()));
      }
    }
    return total;
  }

  /** The first pass: vectors of the whole batch, no way back from them to the weights. */
  private Vectors vectors(NDManager scratch, List<StudyBatch> parts, long seed) {
    NDList studies = new NDList();
    NDList reports = new NDList();
    for (int i = 0; i < parts.size(); i++) {
      TorchEngine.seed(seed, i);
      try (NDManager own = scratch.newSubManager()) {
        Representation found = network.represent(own, parts.get(i), true);
        studies.add(kept(scratch, found.study().vectors()));
        reports.add(kept(scratch, found.reports().orElseThrow()));
      }
    }
    return new Vectors(NDArrays.concat(studies), NDArrays.concat(reports));
  }

  static NDArray kept(NDManager scratch, NDArray vectors) {
    NDArray copy = vectors.duplicate();
    copy.attach(scratch);
    return copy;
  }

  private Pull pull(NDManager scratch, Vectors vectors) {
    vectors.studies().setRequiresGradient(true);
    vectors.reports().setRequiresGradient(true);
    try (GradientCollector collector = TorchEngine.engine().newGradientCollector()) {
      NDArray loss = Losses.contrastive(vectors.studies(), vectors.reports(), objectives);
      collector.backward(loss);
      NDArray studies = vectors.studies().getGradient();
      NDArray reports = vectors.reports().getGradient();
      studies.attach(scratch);
      reports.attach(scratch);
      return new Pull(value(Optional.of(loss)), studies, reports);
    }
  }

  static double value(Optional<NDArray> scalar) {
    return scalar.map(loss -> loss.toType(DataType.FLOAT64, false).getDouble()).orElse(0.0);
  }

  /** Scalars, each there if it is an objective. */
  private record Sum(
      Optional<NDArray> contrastive,
      Optional<NDArray> language,
      Optional<NDArray> labels,
      Objectives objectives) {

    NDArray total() {
      return Stream.of(
              contrastive.map(loss -> weighted(objectives.contrastive(), loss)),
              language.map(loss -> weighted(objectives.language(), loss)),
              labels.map(loss -> weighted(objectives.labels(), loss)))
          .flatMap(Optional::stream)
          .reduce(NDArray::add)
          .orElseThrow();
    }

    private static NDArray weighted(double weight, NDArray loss) {
      return weight == 1 ? loss : Scaling.by(weight, loss);
    }

    BatchLosses losses() {
      return new BatchLosses(value(contrastive), value(language), value(labels));
    }
  }

  /**
   * @param studies batch × representations × width
   * @param reports batch × width
   */
  private record Vectors(NDArray studies, NDArray reports) {}

  /**
   * The contrastive loss of the whole batch, and where it pulls each vector.
   *
   * @param studies batch × representations × width
   * @param reports batch × width
   */
  private record Pull(double contrastive, NDArray studies, NDArray reports) {

    /** A scalar with the same gradient for these vectors as the loss of the whole batch. */
    NDArray on(Representation part, int from) {
      NDArray vectors = part.study().vectors();
      NDArray texts = part.reports().orElseThrow();
      long to = from + vectors.getShape().get(0);
      String rows = from + ":" + to;
      return vectors.mul(studies.get(rows)).sum().add(texts.mul(reports.get(rows)).sum());
    }
  }
}
