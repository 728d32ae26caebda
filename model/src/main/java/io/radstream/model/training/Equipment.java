package io.radstream.model.training;

import ai.djl.ndarray.NDManager;
import io.radstream.model.engine.CudaGraphs;
import io.radstream.model.engine.WorkRecorder;
import io.radstream.model.explicit.Card;
import java.util.Optional;

/**
 * What a device has beside the engine's operations.
 *
 * @param recorder of work that is done again and again
 * @param card where there are kernels for it
 */
public record Equipment(Optional<WorkRecorder> recorder, Optional<Card> card) {

  static Equipment of(NDManager manager) {
    return new Equipment(CudaGraphs.of(manager), Optional.empty());
  }
}
