package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.radstream.model.config.Objectives;
import io.radstream.model.engine.Rows;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.RefersNetwork.Representation;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.network.UnitVectors;
import io.radstream.model.network.ViewFusion;
import io.radstream.model.objective.BatchLosses;
import io.radstream.model.objective.LossDivisors;
import io.radstream.model.objective.Losses;
import io.radstream.model.objective.NetworkLosses;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A forward pass over a batch, part by part; the contrastive loss compares all of it.
 *
 * @param microBatch studies of a part; 0 for the whole batch
 */
public record BatchEvaluation(RefersNetwork network, int microBatch) {

  /**
   * What is kept of a part.
   *
   * @param losses without the contrastive one
   * @param studies part × representations × vector width
   * @param reports part × vector width
   * @param findings part × findings, probabilities
   */
  private record Part(
      BatchLosses losses, NDArray studies, Optional<NDArray> reports, Optional<NDArray> findings) {}

  /** Nothing is recorded where the engine's gradient mode is off. */
  public Evaluation evaluate(NDManager scratch, StudyBatch batch) {
    LossDivisors divisors = LossDivisors.of(batch, network.config());
    int most = microBatch == 0 ? batch.size() : Math.min(microBatch, batch.size());
    List<Part> parts =
        batch.parts(most).stream().map(part -> evaluate(scratch, part, divisors)).toList();
    Objectives objectives = network.config().objectives();
    NDArray studies = concat(parts, part -> Optional.of(part.studies())).orElseThrow();
    Optional<NDArray> reports = concat(parts, Part::reports);
    double contrastive =
        BatchPass.value(reports.map(found -> Losses.contrastive(studies, found, objectives)));
    BatchLosses losses =
        parts.stream()
            .map(Part::losses)
            .reduce(new BatchLosses(contrastive, 0, 0), BatchLosses::plus);
    return new Evaluation(
        losses.contrastive(),
        losses.language(),
        losses.labels(),
        losses.total(objectives),
        Losses.predicted(batch.cutTokens(network.config().report().maxTokens())),
        Rows.of(UnitVectors.ofStudies(studies)),
        rows(reports.map(UnitVectors::of)),
        rows(concat(parts, Part::findings)));
  }

  private Part evaluate(NDManager scratch, StudyBatch part, LossDivisors divisors) {
    try (NDManager own = scratch.newSubManager()) {
      NetworkLosses losses = new NetworkLosses(network);
      Representation found = network.represent(own, part, false);
      ViewFusion.Study study = found.study();
      double language =
          BatchPass.value(losses.language(own, part, study, divisors.language(), false));
      double labels = BatchPass.value(losses.labels(own, part, study, divisors.labels()));
      return new Part(
          new BatchLosses(0, language, labels),
          BatchPass.kept(scratch, study.vectors()),
          found.reports().map(vectors -> BatchPass.kept(scratch, vectors)),
          network.findings(study).map(findings -> BatchPass.kept(scratch, findings)));
    }
  }

  private static Optional<NDArray> concat(
      List<Part> parts, Function<Part, Optional<NDArray>> which) {
    NDList found = new NDList();
    parts.forEach(part -> which.apply(part).ifPresent(found::add));
    return found.isEmpty() ? Optional.empty() : Optional.of(NDArrays.concat(found));
  }

  private static float[][] rows(Optional<NDArray> matrix) {
    return matrix.map(Rows::of).orElse(new float[0][]);
  }
}
