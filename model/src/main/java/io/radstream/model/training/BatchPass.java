package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.BatchLosses;
import io.radstream.model.objective.Forward;
import io.radstream.model.objective.Term;
import io.radstream.model.training.Goals.Goal;
import io.radstream.model.training.StepObserver.Phase;
import java.util.List;
import java.util.function.Consumer;

/**
 * Forward and backward over a batch. In parts, or shared with others, a loss across the batch still
 * compares all of its studies: {@link VectorPass} goes first. Memory is that of one part.
 */
public record BatchPass(RefersNetwork network, Goals goals, Division division, Exchange exchange) {

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
    List<StudyBatch> parts = parts(batch);
    boolean one = parts.size() == 1 && exchange.isAlone();
    List<VectorPass.Pull> pulls =
        one
            ? List.of()
            : new VectorPass(network, goals, exchange).pulls(scratch, parts, first(parts), seed);
    List<Double> divisors = goals.divisors(batch, exchange);
    PartLosses losses = new PartLosses(goals);
    int from = 0;
    for (int i = 0; i < parts.size(); i++) {
      TorchEngine.seed(seed, first(parts) + i);
      try (NDManager own = scratch.newSubManager()) {
        StudyBatch part = parts.get(i);
        Forward forward = Forward.of(network, own, part, true);
        WeightedSum sum = one ? across(forward) : pulled(pulls, forward, from);
        sum.add(goals.shares(forward, divisors));
        observer.done(Phase.FORWARD);
        back.accept(sum.total());
        sum.addTo(losses);
        observer.done(Phase.BACKWARD);
        from += part.size();
      }
    }
    pulls.forEach(pull -> losses.put(pull.objective().name(), pull.loss()));
    return losses.total(exchange);
  }

  /** Of a share of the batch. */
  List<StudyBatch> parts(StudyBatch share) {
    return division.parts(share, exchange.ranks());
  }

  /** Number of the first part of a share among all parts of the batch. */
  int first(List<StudyBatch> parts) {
    return exchange.rank() * parts.size();
  }

  private WeightedSum across(Forward forward) {
    WeightedSum sum = new WeightedSum();
    for (Goal<Term.AcrossBatch> goal : goals.acrossBatch()) {
      sum.add(goal.objective(), goal.term().loss(goal.term().vectors(forward)));
    }
    return sum;
  }

  private static WeightedSum pulled(List<VectorPass.Pull> pulls, Forward forward, int from) {
    WeightedSum sum = new WeightedSum();
    pulls.forEach(pull -> sum.add(pull.objective(), pull.on(forward, from)));
    return sum;
  }
}
