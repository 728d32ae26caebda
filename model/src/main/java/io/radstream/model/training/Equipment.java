package io.radstream.model.training;

import ai.djl.ndarray.NDManager;
import io.radstream.model.engine.CudaGraphs;
import io.radstream.model.engine.WorkRecorder;
import java.util.Optional;

/**
 * What a device has beside the engine's operations.
 *
 * @param recorder of work that is done again and again
 */
record Equipment(Optional<WorkRecorder> recorder) {

  static Equipment of(NDManager manager) {
    return new Equipment(CudaGraphs.of(manager));
  }
}
