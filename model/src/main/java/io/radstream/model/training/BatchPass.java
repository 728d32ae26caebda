package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
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
    VectorPass first = new VectorPass(network, goals, exchange);
    List<VectorPass.Pull> pulls =
        parts.size() == 1 ? List.of() : first.pulls(scratch, parts, first(parts), seed);
    List<Double> divisors = goals.divisors(batch, exchange);
    PartLosses losses = new PartLosses(goals);
    int from = 0;
    for (int i = 0; i < parts.size(); i++) {
      PartSeed own = new PartSeed(seed, first(parts) + i);
      own.run();
      try (NDManager manager = scratch.newSubManager()) {
        StudyBatch part = parts.get(i);
        Forward forward = Forward.of(network, manager, part, true);
        WeightedSum sum = new WeightedSum();
        if (parts.size() == 1 && exchange.isAlone()) {
          across(forward, sum);
        } else {
          List<NDList> vectors = goals.vectors(forward);
          pulls = parts.size() == 1 ? first.pulls(scratch, List.of(vectors)) : pulls;
          pulled(pulls, vectors, from, sum);
        }
        if (division.isSharded()) {
          own.behindVectors().run();
        }
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

  private void across(Forward forward, WeightedSum sum) {
    for (Goal<Term.AcrossBatch> goal : goals.acrossBatch()) {
      sum.add(goal.objective(), goal.term().loss(goal.term().vectors(forward)));
    }
  }

  private static void pulled(
      List<VectorPass.Pull> pulls, List<NDList> vectors, int from, WeightedSum sum) {
    for (int i = 0; i < pulls.size(); i++) {
      sum.add(pulls.get(i).objective(), pulls.get(i).on(vectors.get(i), from));
    }
  }
}
