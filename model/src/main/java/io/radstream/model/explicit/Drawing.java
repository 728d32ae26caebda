package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import io.radstream.model.kernels.Draws;
import io.radstream.model.layers.Dropout;

/** Gives each layer of a pass that drops features draws of its own, in the order of the layers. */
final class Drawing {

  private final Card card;
  private final NDArray draws;
  private int sites;

  /**
   * @param draws two int64 on the card
   */
  Drawing(Card card, NDArray draws) {
    this.card = card;
    this.draws = draws;
  }

  /** Of the next layer. */
  Draws next(Dropout layer) {
    if (!layer.training() || layer.rate() == 0) {
      return Draws.NONE;
    }
    return Draws.of(card.address(draws), sites++, layer.rate());
  }
}
