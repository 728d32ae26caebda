package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.radstream.model.engine.Rows;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.RefersNetwork.Representation;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.network.UnitVectors;
import io.radstream.model.objective.Evaluation;
import io.radstream.model.objective.Forward;
import io.radstream.model.objective.Term;
import io.radstream.model.training.Goals.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A forward pass over a batch, part by part; what compares its studies compares all of them.
 *
 * @param microBatch studies of a part; 0 for the whole batch
 */
public record BatchEvaluation(RefersNetwork network, Goals goals, int microBatch) {

  /**
   * What is kept of a part.
   *
   * @param compared vectors of each loss across the batch
   * @param studies part × representations × vector width; where no loss is of them, none
   * @param reports part × vector width
   * @param findings part × findings, probabilities
   */
  private record Part(
      List<NDList> compared,
      Optional<NDArray> studies,
      Optional<NDArray> reports,
      Optional<NDArray> findings) {}

  /** Nothing is recorded where the engine's gradient mode is off. */
  public Evaluation evaluate(NDManager scratch, StudyBatch batch) {
    List<Double> divisors = goals.divisors(batch, Exchange.ALONE);
    PartLosses losses = new PartLosses(goals);
    List<Part> parts = new ArrayList<>();
    for (StudyBatch part : batch.parts(microBatch)) {
      parts.add(evaluate(scratch, part, divisors, losses));
    }
    compare(parts).addTo(losses);
    return new Evaluation(
        losses.total(Exchange.ALONE),
        batch.predictedTokens(network.config().report().maxTokens()),
        rows(joined(parts, Part::studies).map(UnitVectors::ofStudies)),
        rows(joined(parts, Part::reports).map(UnitVectors::of)),
        rows(joined(parts, Part::findings)));
  }

  /**
   * @param losses to which those of this part are added
   */
  private Part evaluate(
      NDManager scratch, StudyBatch part, List<Double> divisors, PartLosses losses) {
    try (NDManager own = scratch.newSubManager()) {
      Forward forward = Forward.of(network, own, part, false);
      goals.shares(forward, divisors).addTo(losses);
      List<NDList> compared = goals.vectors(scratch, forward);
      Optional<Representation> found = forward.represented();
      return new Part(
          compared,
          kept(scratch, found.map(made -> made.study().vectors())),
          kept(scratch, found.flatMap(Representation::reports)),
          kept(scratch, found.flatMap(made -> network.findings(made.study()))));
    }
  }

  private static Optional<NDArray> kept(NDManager scratch, Optional<NDArray> rows) {
    return rows.map(values -> Vectors.kept(scratch, values));
  }

  private WeightedSum compare(List<Part> parts) {
    WeightedSum sum = new WeightedSum();
    for (int term = 0; term < goals.acrossBatch().size(); term++) {
      int at = term;
      Goal<Term.AcrossBatch> goal = goals.acrossBatch().get(at);
      NDList all = Vectors.joined(parts.stream().map(part -> part.compared().get(at)).toList());
      sum.add(goal.objective(), goal.term().loss(all));
    }
    return sum;
  }

  private static Optional<NDArray> joined(
      List<Part> parts, Function<Part, Optional<NDArray>> which) {
    List<NDArray> found = parts.stream().map(which).flatMap(Optional::stream).toList();
    return found.isEmpty() ? Optional.empty() : Optional.of(Vectors.joinedRows(found));
  }

  private static float[][] rows(Optional<NDArray> matrix) {
    return matrix.map(Rows::of).orElse(new float[0][]);
  }
}
