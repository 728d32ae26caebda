package io.radstream.model.explicit;

import io.radstream.model.config.NetworkPart;

/** Is told how far the way back has come; as often and in the same order for every batch. */
@FunctionalInterface
public interface WayBack {

  /** For whom it makes no difference. */
  WayBack UNTOLD = (sums, part, block) -> {};

  /** In the place of a block, the whole part. */
  int WHOLE = 0;

  /**
   * Nothing more is added to the gradients of a block's weights, nor of those behind it.
   *
   * @param sums that it is added to
   * @param block of the part, from 1 on, or {@link #WHOLE}
   */
  void behind(GradientSums sums, NetworkPart part, int block);
}
