package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.engine.Scaling;
import io.radstream.model.engine.TorchScript;
import io.radstream.model.explicit.GradientSums;
import java.util.List;
import java.util.Optional;

/** The gradients of a step, a list in the engine in the order of the weights that learn. */
final class Gradients implements AutoCloseable {

  private final LearningWeights weights;
  private final TorchScript script;
  private final NDManager scratch;
  private final double lossScale;

  /** Where parts are shards. */
  private final Optional<TreeSum> tree;

  private final Departures departures;

  /** Buckets whose gradients are on their way already. */
  private int left;

  private IValue sum;
  private Optional<List<NDArray>> lasting = Optional.empty();

  /**
   * @param lossScale what the losses are multiplied by
   */
  Gradients(LearningWeights weights, TorchScript script, NDManager scratch, double lossScale) {
    this(weights, script, scratch, lossScale, Division.NONE, new Departures(List.of()));
  }

  Gradients(
      LearningWeights weights,
      TorchScript script,
      NDManager scratch,
      double lossScale,
      Division division,
      Departures departures) {
    this.tree =
        division.isSharded()
            ? Optional.of(new TreeSum(script, division.gradients()))
            : Optional.empty();
    this.weights = weights;
    this.departures = departures;
    this.script = script;
    this.scratch = scratch;
    this.lossScale = lossScale;
  }

  double lossScale() {
    return lossScale;
  }

  /** Goes back from a part of the loss, and adds up. */
  void add(NDArray loss) {
    take(weights.gradients(Scaling.by(lossScale, loss)));
  }

  /**
   * Adds up.
   *
   * @param found in the order of the weights, of losses times the loss scale; taken over
   */
  void take(IValue found) {
    if (tree.isPresent() && left > 0) {
      sum = tree.get().withLast(found);
    } else if (tree.isPresent()) {
      tree.get().add(found);
    } else if (sum == null) {
      sum = found;
    } else {
      try (found) {
        script.call("add", sum, found).close();
      }
    }
  }

  /**
   * All there are, in arrays that are the same in every step, so that it is known where they are.
   *
   * @param found in the order of the weights, of losses times the loss scale; the same list as in
   *     other steps, each array with its numbers one behind the other from a multiple of 16 on
   */
  void takeLasting(List<NDArray> found) {
    lasting = Optional.of(found);
    sum = list(found);
  }

  /**
   * Adds up those of a shard.
   *
   * @param found as {@link #take} wants them; stay the caller's, who may change them afterwards
   */
  void takeShard(List<NDArray> found) {
    try (IValue list = list(found)) {
      tree.orElseThrow().addCopy(list);
    }
  }

  private static IValue list(List<NDArray> arrays) {
    return IValue.listFrom(arrays.toArray(PtNDArray[]::new));
  }

  /** What was taken that way. */
  Optional<List<NDArray>> lasting() {
    return lasting;
  }

  /** One by one, each with its numbers one behind the other. */
  List<NDArray> arrays() {
    try (IValue dense = script.call("dense", sum)) {
      return List.copyOf(dense.toNDList((PtNDManager) scratch));
    }
  }

  /**
   * Sends to those who have other shares of the batch what the way back of the last part has come
   * behind.
   *
   * @param found those of the last part; what leaves is taken again with all others
   */
  void leave(Exchange exchange, GradientSums found, NetworkPart part, int block) {
    for (int behind = departures.behind(part, block); left < behind; left++) {
      long[] places = departures.buckets().get(left).weights();
      IValue own = found.done(places);
      try (IValue sums = tree.map(all -> all.last(own, places)).orElse(own)) {
        exchange.addUp(sums);
      }
    }
  }

  /** With those of others who have shares of the batch, as far as they have not left yet. */
  void addUp(Exchange exchange) {
    if (left == 0) {
      tree.ifPresent(all -> sum = all.sum());
    }
    List<IValue> rest = exchange.isAlone() ? List.of() : rest();
    try {
      exchange.finish(rest);
    } finally {
      rest.forEach(IValue::close);
    }
  }

  private List<IValue> rest() {
    return departures.buckets().stream().skip(left).map(bucket -> pick(bucket.weights())).toList();
  }

  private IValue pick(long... places) {
    try (IValue chosen = IValue.listFrom(places)) {
      return script.call("pick", sum, chosen);
    }
  }

  /** Global L2 norm. */
  double norm() {
    try (IValue result = script.call("norm", sum)) {
      NDArray norm = result.toTensor((PtNDManager) scratch);
      return norm.toType(DataType.FLOAT64, false).getDouble() / lossScale;
    }
  }

  /**
   * Divides by the loss scale, and clips.
   *
   * @param limit of the global norm; 0 for none
   * @return the list; not the caller's to close
   */
  IValue scaled(double norm, double limit) {
    double scale = (limit > 0 && norm > limit ? limit / norm : 1) / lossScale;
    if (scale != 1) {
      try (IValue factor = IValue.from(scale)) {
        script.call("scale", sum, factor).close();
      }
    }
    return sum;
  }

  @Override
  public void close() {
    tree.ifPresent(TreeSum::close);
    if (sum != null) {
      sum.close();
    }
  }
}
