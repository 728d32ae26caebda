package io.radstream.model;

import ai.djl.ndarray.NDArray;

/** Products with a constant that can be differentiated. */
final class Scaling {

  private Scaling() {}

  /**
   * The factor stays alive as long as {@code x}. {@link NDArray#mul(Number)} would free its memory
   * at once, though the engine reads it again on the way back: what is there by then is anybody's.
   */
  static NDArray by(double factor, NDArray x) {
    return x.mul(x.getManager().create((float) factor));
  }
}
