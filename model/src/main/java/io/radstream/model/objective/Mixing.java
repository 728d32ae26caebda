package io.radstream.model.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.engine.Scaling;
import io.radstream.model.engine.TorchEngine;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How pictures of a batch are mixed, or their features (mixup; Zhang et al., 2018).
 *
 * @param own share of each, λ: at least a half, so that it stays the one that it is mixed into
 * @param others for each the index of the one that is mixed in
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record Mixing(double own, long[] others) {

  /** The mean of what is drawn. */
  private static final double MEAN = 0.75;

  /** By the engine's seed: λ is the larger part of a Beta(1, 1), which is uniform. */
  static Mixing drawn(NDManager manager, int count) {
    double[] draws = TorchEngine.uniform(manager, 1 + count);
    return new Mixing(
        Math.max(draws[0], 1 - draws[0]),
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> draws[1 + i]))
            .mapToLong(Integer::longValue)
            .toArray());
  }

  /** Always the same, to evaluate by: each with the next one. */
  static Mixing fixed(int count) {
    return new Mixing(MEAN, IntStream.range(0, count).mapToLong(i -> (i + 1) % count).toArray());
  }

  /** Along the first axis. */
  NDArray of(NDArray x) {
    NDArray mixedIn = x.get(x.getManager().create(others));
    return Scaling.by(own, x).add(Scaling.by(1 - own, mixedIn));
  }
}
