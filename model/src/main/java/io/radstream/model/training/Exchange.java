package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Where those meet who learn from shares of one batch, each on a device of its own. All of them
 * call the same methods in the same order, and get the same numbers.
 */
public interface Exchange {

  /**
   * Rows of the whole batch.
   *
   * @param all share by share
   * @param begin the row at which the own share begins
   */
  record Gathered(NDArray all, long begin) {}

  /** Nobody else: the share is the batch. */
  Exchange ALONE =
      new Exchange() {
        @Override
        public int ranks() {
          return 1;
        }

        @Override
        public int rank() {
          return 0;
        }

        @Override
        public Gathered gather(NDArray share) {
          return new Gathered(share, 0);
        }

        @Override
        public double sum(double... shares) {
          return DoubleStream.of(shares).reduce(0, Double::sum);
        }

        @Override
        public void addUp(IValue gradients) {}

        @Override
        public void finish(List<IValue> gradients) {}
      };

  /** Whether the whole batch is at hand, so that one pass over it can do. */
  default boolean isAlone() {
    return ranks() == 1;
  }

  /** That have a share each. */
  int ranks();

  /** Whether gradients are worth sending while others are still computed. */
  default boolean isEarly() {
    return !isAlone();
  }

  /** Numbers that are sent at a time, so that the others have something to add up meanwhile. */
  default long bucket() {
    return 1L << 22;
  }

  /** Of the own share among all. */
  int rank();

  /**
   * Between the two passes: vectors of all shares.
   *
   * @param share a row for each study of the own share; no gradient goes back through here
   */
  Gathered gather(NDArray share);

  /**
   * Of numbers that each share has, as many as the others.
   *
   * @param shares are added one by one, share by share in the order of ranks
   */
  double sum(double... shares);

  /**
   * Begins to add the gradients of all shares, in place, as a tree of pairs in the order of ranks.
   * They may be on their way, not to be touched, until {@link #finish}.
   *
   * @param gradients a list of tensors in the engine; the list is the caller's to close
   */
  void addUp(IValue gradients);

  /**
   * Before the norm: adds further ones, list by list, and waits until all are added up.
   *
   * @param gradients as of {@link #addUp}
   */
  void finish(List<IValue> gradients);
}
