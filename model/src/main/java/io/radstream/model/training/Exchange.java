package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.IValue;

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
        public boolean isAlone() {
          return true;
        }

        @Override
        public Gathered gather(NDArray share) {
          return new Gathered(share, 0);
        }

        @Override
        public double sum(double share) {
          return share;
        }

        @Override
        public void addUp(IValue gradients) {}
      };

  /** Whether the whole batch is at hand, so that one pass over it can do. */
  default boolean isAlone() {
    return false;
  }

  /**
   * Between the two passes: vectors of all shares.
   *
   * @param share a row for each study of the own share; no gradient goes back through here
   */
  Gathered gather(NDArray share);

  /** Of a number that each share has. */
  double sum(double share);

  /**
   * Before the norm: adds the gradients of all shares, in place.
   *
   * @param gradients a list of tensors in the engine
   */
  void addUp(IValue gradients);
}
