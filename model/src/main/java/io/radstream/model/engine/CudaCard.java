package io.radstream.model.engine;

import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A GPU by its driver and by the engine. */
record CudaCard(CudaContext context, CudaStreams streams) {

  private static final Logger LOG = LoggerFactory.getLogger(CudaCard.class);

  /**
   * @return empty on a CPU, and, with a warning, where this PyTorch lacks functions or there is no
   *     driver
   */
  static Optional<CudaCard> of(NDManager device) {
    if (!device.getDevice().isGpu()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new CudaCard(CudaContext.of(device), CudaStreams.of(device)));
    } catch (UnsatisfiedLinkError | CudaException e) {
      LOG.warn(
          "the host waits for {} at each copy, as its streams cannot be used: {}",
          device.getDevice(),
          e.getMessage());
      return Optional.empty();
    }
  }

  /** An event behind all that the calling thread has asked for on its current stream. */
  CudaEvent event() {
    return CudaEvent.on(context, streams.current());
  }
}
