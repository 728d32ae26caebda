package io.radstream.model.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import java.util.function.Supplier;

/** The way to a GPU beside what it is computing: a stream of its own. */
final class Crossing {

  private final CudaCard card;
  private final CudaStreams.Stream stream;

  Crossing(CudaCard card) {
    this.card = card;
    this.stream = card.streams().ofPool();
  }

  /** Empty on a CPU; see {@link CudaCard#of}. */
  static Optional<Crossing> of(NDManager device) {
    return CudaCard.of(device).map(Crossing::new);
  }

  /**
   * Has an array made from memory of the host while the device goes on with what the calling thread
   * has asked for before; what it asks for from now on waits for the array.
   *
   * @param made from nothing that lies on the device
   */
  NDArray bring(Supplier<NDArray> made) {
    CudaStreams streams = card.streams();
    CudaStreams.Stream before = streams.current();
    return streams.on(
        stream,
        () -> {
          NDArray array = made.get();
          try (CudaEvent there = card.event()) {
            there.holdBack(before);
          }
          streams.hold(array, before);
          return array;
        });
  }
}
