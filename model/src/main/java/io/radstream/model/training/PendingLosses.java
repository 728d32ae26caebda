package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import io.radstream.model.objective.BatchLosses;
import java.util.List;

/** Losses of a batch, which the device may still be computing. */
interface PendingLosses {

  /** Waits until they are there. */
  BatchLosses read();

  /**
   * What has to be finite for weights to move: one or more float32 each, on the device, as long as
   * the step's scratch is. Empty where the host has read them.
   */
  List<NDArray> scalars();

  /** The host has read them. */
  static PendingLosses of(BatchLosses losses) {
    return new PendingLosses() {
      @Override
      public BatchLosses read() {
        return losses;
      }

      @Override
      public List<NDArray> scalars() {
        return List.of();
      }
    };
  }
}
