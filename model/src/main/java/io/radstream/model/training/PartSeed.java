package io.radstream.model.training;

import io.radstream.model.engine.TorchEngine;

/**
 * Of all that is random in a part of a step: run, it is the engine's.
 *
 * @param part its number among all parts of the batch
 */
record PartSeed(long step, int part) implements Runnable {

  /** Far from any part's own. */
  private static final int BEHIND_VECTORS = 1 << 24;

  @Override
  public void run() {
    TorchEngine.seed(step, part);
  }

  /**
   * Of what comes behind the vectors, so that it is the same whether these were found just before
   * or long ago.
   */
  Runnable behindVectors() {
    return new PartSeed(step, part + BEHIND_VECTORS);
  }
}
