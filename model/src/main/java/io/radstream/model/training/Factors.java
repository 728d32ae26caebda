package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.radstream.model.explicit.Factor;
import io.radstream.model.explicit.Operations;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.ViewFusion;
import io.radstream.model.objective.LanguageObjective;
import io.radstream.model.objective.Objective;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * What the losses of a step are multiplied by: an array on the device.
 *
 * @param values of the loss across the batch what goes back from it; then of each loss over studies
 *     the loss itself and what goes back from it
 */
record Factors(NDArray values) {

  /**
   * @param divisors of the losses over studies, for the whole batch
   * @param lossScale what goes back is multiplied by
   */
  static Factors send(
      Operations operations,
      RefersNetwork network,
      Goals goals,
      List<Double> divisors,
      double lossScale) {
    int representations = ViewFusion.representations(network.config().fusion());
    double across =
        goals.acrossBatch().stream().mapToDouble(goal -> goal.objective().weight()).sum();
    float[] values = new float[count(goals)];
    FloatBuffer all = FloatBuffer.wrap(values).put((float) (across * lossScale / representations));
    for (int i = 0; i < divisors.size(); i++) {
      Objective objective = goals.perStudy().get(i).objective();
      double loss = factor(objective, divisors.get(i)) / representations;
      all.put((float) loss).put((float) (loss * objective.weight() * lossScale));
    }
    return new Factors(
        network
            .memory()
            .numbers(
                operations.manager(),
                DataType.FLOAT32,
                values.length,
                to -> to.asFloatBuffer().put(values)));
  }

  static int count(Goals goals) {
    return 1 + 2 * goals.perStudy().size();
  }

  /** Takes the place of those before. */
  void take(Factors next, Operations operations) {
    operations.put(values, next.values);
  }

  /** Likelihoods are to be large, cross entropies small. */
  private static double factor(Objective objective, double divisor) {
    double sign = objective instanceof LanguageObjective ? -1 : 1;
    return sign / Math.max(1, divisor);
  }

  /** Of what goes back from the loss across the batch, a scalar. */
  NDArray across(Operations operations) {
    return operations.scalar(values, 0);
  }

  /**
   * @param number of the loss over studies
   */
  Factor perStudy(Operations operations, int number) {
    return new Factor(
        operations.scalar(values, 1 + 2L * number), operations.scalar(values, 2 + 2L * number));
  }
}
