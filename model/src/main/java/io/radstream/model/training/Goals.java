package io.radstream.model.training;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.Forward;
import io.radstream.model.objective.Objective;
import io.radstream.model.objective.Recollection;
import io.radstream.model.objective.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The objectives of a network with what each computes on it.
 *
 * @param objectives in the order in which their losses are listed
 */
public record Goals(
    List<Objective> objectives,
    List<Goal<Term.AcrossBatch>> acrossBatch,
    List<Goal<Term.PerStudy>> perStudy) {

  /** An objective and its loss. */
  record Goal<T extends Term>(Objective objective, T term) {}

  /** Makes the weights of the objectives' own. */
  public static Goals of(RefersNetwork network, List<Objective> objectives) {
    List<Goal<Term.AcrossBatch>> acrossBatch = new ArrayList<>();
    List<Goal<Term.PerStudy>> perStudy = new ArrayList<>();
    for (Objective objective : objectives) {
      Term term = objective.on(network);
      if (term instanceof Term.AcrossBatch across) {
        acrossBatch.add(new Goal<>(objective, across));
      } else if (term instanceof Term.PerStudy sum) {
        perStudy.add(new Goal<>(objective, sum));
      }
    }
    return new Goals(List.copyOf(objectives), List.copyOf(acrossBatch), List.copyOf(perStudy));
  }

  /** What the losses keep from step to step, beside weights. */
  List<Recollection> recollections() {
    return Stream.concat(acrossBatch.stream(), perStudy.stream())
        .flatMap(goal -> goal.term().recollection().stream())
        .toList();
  }

  /** What the sum of each loss over studies is divided by, for a batch of which this is a share. */
  List<Double> divisors(StudyBatch share, Exchange exchange) {
    return perStudy.stream().map(goal -> exchange.sum(goal.objective().count(share))).toList();
  }

  /**
   * Of the losses over studies.
   *
   * @param divisors of the whole batch
   */
  WeightedSum shares(Forward forward, List<Double> divisors) {
    WeightedSum sum = new WeightedSum();
    for (int i = 0; i < perStudy.size(); i++) {
      Goal<Term.PerStudy> goal = perStudy.get(i);
      sum.add(goal.objective(), goal.term().share(forward, divisors.get(i)));
    }
    return sum;
  }

  /** For each loss across the batch its vectors of these studies. */
  List<NDList> vectors(Forward forward) {
    return acrossBatch.stream().map(goal -> goal.term().vectors(forward)).toList();
  }

  /** The same, kept where all else goes. */
  List<NDList> vectors(NDManager scratch, Forward forward) {
    return vectors(forward).stream().map(own -> Vectors.kept(scratch, own)).toList();
  }
}
