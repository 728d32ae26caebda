package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.radstream.model.engine.Scaling;
import io.radstream.model.objective.Objective;
import java.util.ArrayList;
import java.util.List;

/** Scalars of objectives, and the sum of them, each times its weight. */
final class WeightedSum {

  private record Loss(Objective objective, NDArray scalar) {}

  private final List<Loss> losses = new ArrayList<>();

  void add(Objective objective, NDArray scalar) {
    losses.add(new Loss(objective, scalar));
  }

  void add(WeightedSum more) {
    losses.addAll(more.losses);
  }

  /** Where one goes back from. */
  NDArray total() {
    return losses.stream()
        .map(loss -> weighted(loss.objective().weight(), loss.scalar()))
        .reduce(NDArray::add)
        .orElseThrow();
  }

  private static NDArray weighted(double weight, NDArray loss) {
    return weight == 1 ? loss : Scaling.by(weight, loss);
  }

  void addTo(PartLosses sums) {
    losses.forEach(loss -> sums.add(loss.objective().name(), value(loss.scalar())));
  }

  static double value(NDArray scalar) {
    return scalar.toType(DataType.FLOAT64, false).getDouble();
  }
}
