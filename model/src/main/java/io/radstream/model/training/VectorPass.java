package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.Forward;
import io.radstream.model.objective.Objective;
import io.radstream.model.objective.Term;
import io.radstream.model.training.Exchange.Gathered;
import io.radstream.model.training.Goals.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The first of two passes, for losses that compare the studies of a batch: it gives every vector,
 * the loss gives a gradient for each vector, and the second pass carries it, part by part, to the
 * weights (Gao et al., 2021, "Scaling Deep Contrastive Learning Batch Size under Memory Limited
 * Setup").
 */
record VectorPass(RefersNetwork network, Goals goals, Exchange exchange) {

  /**
   * The loss of the whole batch, and where it pulls each vector.
   *
   * @param gradients as the vectors that they are for
   * @param begin row at which the own share of the batch begins
   */
  record Pull(Goal<Term.AcrossBatch> goal, double loss, NDList gradients, long begin) {

    Objective objective() {
      return goal.objective();
    }

    /**
     * A scalar with the same gradient for these vectors as the loss of the whole batch.
     *
     * @param vectors of some studies
     * @param from row of these studies in the own share
     */
    NDArray on(NDList vectors, int from) {
      long first = begin + from;
      String rows = first + ":" + (first + vectors.get(0).getShape().get(0));
      return IntStream.range(0, vectors.size())
          .mapToObj(i -> vectors.get(i).mul(gradients.get(i).get(rows)).sum())
          .reduce(NDArray::add)
          .orElseThrow();
    }
  }

  /**
   * One for each loss across the batch.
   *
   * @param first number of the first part
   */
  List<Pull> pulls(NDManager scratch, List<StudyBatch> parts, int first, long seed) {
    return goals.acrossBatch().isEmpty()
        ? List.of()
        : pulls(scratch, TorchEngine.recording(false, () -> vectors(scratch, parts, first, seed)));
  }

  /**
   * The same where the vectors are there.
   *
   * @param found for each part those of each loss; no gradient goes back through here
   */
  List<Pull> pulls(NDManager scratch, List<List<NDList>> found) {
    List<Goal<Term.AcrossBatch>> across = goals.acrossBatch();
    return IntStream.range(0, across.size())
        .mapToObj(
            i ->
                pull(
                    scratch,
                    across.get(i),
                    TorchEngine.recording(
                        false,
                        () -> Vectors.joined(found.stream().map(part -> part.get(i)).toList()))))
        .toList();
  }

  /** Of each part, for each loss; no way back from them to the weights. */
  private List<List<NDList>> vectors(
      NDManager scratch, List<StudyBatch> parts, int first, long seed) {
    List<List<NDList>> found = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      new PartSeed(seed, first + i).run();
      try (NDManager own = scratch.newSubManager()) {
        StudyBatch part = parts.get(i);
        Forward forward = Forward.of(network, own, part, true);
        found.add(goals.vectors(scratch, forward));
      }
    }
    return found;
  }

  private Pull pull(NDManager scratch, Goal<Term.AcrossBatch> goal, NDList share) {
    List<Gathered> gathered = share.stream().map(exchange::gather).toList();
    NDList all = new NDList(gathered.stream().map(Gathered::all).toList());
    all.forEach(vectors -> vectors.setRequiresGradient(true));
    NDArray loss = goal.term().loss(all);
    TorchEngine.backward(loss);
    NDList gradients = new NDList(all.stream().map(NDArray::getGradient).toList());
    gradients.attach(scratch);
    return new Pull(goal, WeightedSum.value(loss), gradients, gathered.get(0).begin());
  }
}
